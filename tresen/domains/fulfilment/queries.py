"""Reads. list_ is bounded.

Delivery options change a few times a year and are asked for by every cart, so that each
process remembers a market's options for OPTION_SECONDS.
"""

from __future__ import annotations

from uuid import UUID

from tresen.domains.fulfilment.models import Option, Parcel
from tresen.domains.fulfilment.types import DeliveryKind, DeliveryOption, ParcelLine, ParcelRow
from tresen.foundation.money import Money
from tresen.foundation.remembered import Remembered
from tresen.foundation.vault.sealing import CannotOpen, prefetch, unseal

OPTIONS_MAX = 100
PARCELS_MAX = 50
TRACKING = "fulfilment_parcel.tracking"
OPTION_SECONDS = 5.0

_remembered = Remembered[str, tuple[DeliveryOption, ...]](seconds=OPTION_SECONDS)


def list_options(*, market: str) -> tuple[DeliveryOption, ...]:
    """The active delivery options of a market."""
    known = _remembered.find(market)
    if known is not None:
        return known
    found = Option.objects.filter(market=market, is_active=True).order_by("position", "code")
    return _remembered.keep(market, tuple(_option(option) for option in found[:OPTIONS_MAX]))


def forget_options() -> None:
    _remembered.forget()


def list_parcels_of(order_id: UUID) -> list[ParcelRow]:
    found = Parcel.objects.filter(order_id=order_id).prefetch_related("lines")
    parcels = list(found.order_by("shipped_at")[:PARCELS_MAX])
    prefetch(parcel.tracking for parcel in parcels)
    return [_parcel(parcel) for parcel in parcels]


def find_parcel(parcel_id: UUID) -> ParcelRow | None:
    parcel = Parcel.objects.filter(id=parcel_id).prefetch_related("lines").first()
    return _parcel(parcel) if parcel else None


def _option(option: Option) -> DeliveryOption:
    free_from = option.free_from_minor
    return DeliveryOption(
        code=option.code,
        market=option.market,
        kind=DeliveryKind(option.kind),
        countries=tuple(option.countries),
        names=option.names,
        notes=option.notes,
        carrier=option.carrier,
        price=Money(option.price_minor, option.currency),
        free_from=None if free_from is None else Money(free_from, option.currency),
        handling_days=option.handling_days,
        transit_days_min=option.transit_days_min,
        transit_days_max=option.transit_days_max,
        cutoff=option.cutoff,
        time_zone=option.time_zone,
        holiday_country=option.holiday_country,
        holiday_region=option.holiday_region,
        locations=tuple(option.locations),
        place=option.place,
        weight_max_g=option.weight_max_g,
        position=option.position,
    )


def _parcel(parcel: Parcel) -> ParcelRow:
    return ParcelRow(
        id=parcel.id,
        order_id=parcel.order_id,
        kind=DeliveryKind(parcel.kind),
        carrier=parcel.carrier,
        tracking=_tracking(parcel),
        location=parcel.location,
        shipped_at=parcel.shipped_at,
        lines=tuple(
            ParcelLine(order_line_id=line.order_line_id, quantity=line.quantity)
            for line in parcel.lines.all()
        ),
    )


def _tracking(parcel: Parcel) -> str:
    """Empty where there is none, or where the person was erased."""
    if parcel.tracking is None:
        return ""
    try:
        return unseal(bytes(parcel.tracking), place=TRACKING, row=parcel.id).decode()
    except CannotOpen:
        return ""
