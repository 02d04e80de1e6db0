"""Writes. Keywords only, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.fulfilment.events import ParcelPacked
from tresen.domains.fulfilment.models import Option, Parcel
from tresen.domains.fulfilment.models import ParcelLine as ParcelLineTable
from tresen.domains.fulfilment.queries import TRACKING, forget_options
from tresen.domains.fulfilment.types import DeliveryKind, DeliveryOption, ParcelLine
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal


@transaction.atomic
def set_option(*, option: DeliveryOption) -> None:
    """A new delivery option, or the one of that code brought up to date."""
    Option.objects.update_or_create(
        code=option.code,
        defaults={
            "market": option.market,
            "kind": option.kind,
            "countries": list(option.countries),
            "names": option.names,
            "notes": option.notes,
            "carrier": option.carrier,
            "currency": option.price.currency,
            "price_minor": option.price.minor,
            "free_from_minor": None if option.free_from is None else option.free_from.minor,
            "handling_days": option.handling_days,
            "transit_days_min": option.transit_days_min,
            "transit_days_max": option.transit_days_max,
            "cutoff": option.cutoff,
            "time_zone": option.time_zone,
            "holiday_country": option.holiday_country,
            "holiday_region": option.holiday_region,
            "locations": list(option.locations),
            "place": option.place,
            "weight_max_g": option.weight_max_g,
            "position": option.position,
            "is_active": True,
        },
    )
    forget_options()


@transaction.atomic
def pack_parcel(
    *,
    order_id: UUID,
    person_id: UUID | None,
    kind: DeliveryKind,
    carrier: str,
    tracking: str,
    location: str,
    lines: Sequence[ParcelLine],
    now: datetime,
    actor: Actor,
) -> UUID:
    """Write down what left the house, from where and with whom."""
    assert lines
    parcel_id = new_id()
    parcel = Parcel.objects.create(
        id=parcel_id,
        order_id=order_id,
        person_id=person_id,
        kind=kind,
        carrier=carrier,
        tracking=_sealed(tracking, person_id or order_id, parcel_id),
        location=location,
        shipped_at=now,
        actor=str(actor),
    )
    ParcelLineTable.objects.bulk_create(
        ParcelLineTable(parcel=parcel, order_line_id=line.order_line_id, quantity=line.quantity)
        for line in lines
    )
    announce(
        ParcelPacked(
            happened_at=now, order_id=str(order_id), parcel_id=str(parcel.id), kind=kind.value
        )
    )
    return parcel.id


def _sealed(tracking: str, subject: UUID, parcel_id: UUID) -> bytes | None:
    """Who follows a parcel learns where its receiver lives."""
    if not tracking:
        return None
    key = keys_for(subject, KeyClass.PROFILE)[KeyClass.PROFILE]
    return seal(tracking.encode(), key=key, place=TRACKING, row=parcel_id)
