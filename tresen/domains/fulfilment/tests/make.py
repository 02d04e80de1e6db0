"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from tresen.domains.fulfilment.types import DeliveryKind, DeliveryOption
from tresen.foundation.money import Money

PARCEL = DeliveryOption(
    code="parcel-de",
    market="de",
    kind=DeliveryKind.PARCEL,
    countries=("DE",),
    names={"de": "Paket", "en": "Parcel"},
    notes={},
    carrier="dhl",
    price=Money(490, "EUR"),
    free_from=Money(5000, "EUR"),
    handling_days=0,
    transit_days_min=1,
    transit_days_max=2,
    cutoff=time(14),
    time_zone="Europe/Berlin",
    holiday_country="DE",
    holiday_region="HH",
    locations=("lager",),
    place="",
    weight_max_g=31_500,
    position=1,
)
PICKUP = replace(
    PARCEL,
    code="pickup-altona",
    kind=DeliveryKind.PICKUP,
    countries=(),
    names={"de": "Abholen in Altona", "en": "Collect in Altona"},
    carrier="",
    price=Money(0, "EUR"),
    free_from=None,
    transit_days_min=0,
    transit_days_max=0,
    cutoff=time(18),
    locations=("altona",),
    place="Altona",
    weight_max_g=0,
    position=2,
)
