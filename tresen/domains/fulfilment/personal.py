"""Data about people in this domain."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.personal import (
    Basis,
    NotPersonal,
    PersonalColumn,
    Recipient,
    Subject,
)
from tresen.foundation.vault.records import PersonalRows

COLUMNS = (
    PersonalColumn(
        table="fulfilment_parcel",
        column="tracking",
        label=_("tracking number of a parcel"),
        subject=Subject.CUSTOMER,
        purposes=(_("follow the parcel"),),
        basis=Basis.CONTRACT,
        retention=KeyClass.PROFILE,
        recipients=(Recipient.CARRIER, Recipient.MAIL),
        provided=False,
    ),
)
ROWS = (
    PersonalRows(
        table="fulfilment_parcel",
        retention=KeyClass.PROFILE,
        origin="ours",
        erasure="key",
        shows=("carrier", "shipped_at"),
    ),
)
NOT_PERSONAL: NotPersonal = {
    "fulfilment_option": (
        "delivery options of the shop",
        (
            "code",
            "market",
            "names",
            "notes",
            "carrier",
            "currency",
            "time_zone",
            "holiday_country",
            "holiday_region",
            "place",
        ),
    ),
    "fulfilment_parcel": (
        "codes of carrier and place; the actor is an id",
        (
            "carrier",
            "location",
            "actor",
        ),
    ),
}
