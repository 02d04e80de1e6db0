"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money


class DeliveryKind(StrEnum):
    """By parcel to an address, or picked up in a store."""

    PARCEL = "parcel"
    PICKUP = "pickup"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOption:
    """One way to receive goods, as a merchant sets it up.

    Prices are gross. Days are working days of the place of dispatch; `cutoff` is local time
    there: what is ordered later leaves a working day later. `weight_max_g` 0 means no limit.
    """

    code: str
    market: str
    kind: DeliveryKind
    countries: tuple[str, ...]
    names: dict[str, str]
    notes: dict[str, str]
    carrier: str
    price: Money
    free_from: Money | None
    handling_days: int
    transit_days_min: int
    transit_days_max: int
    cutoff: time
    time_zone: str
    holiday_country: str
    holiday_region: str
    locations: tuple[str, ...]
    place: str
    weight_max_g: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """What is to be sent: gross value and weight of the goods."""

    goods: Money
    weight_g: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A delivery option for this basket, address and moment, with its promise."""

    code: str
    kind: DeliveryKind
    name: str
    note: str
    carrier: str
    price: Money
    free_from: Money | None
    earliest: date
    latest: date
    place: str
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLine:
    """So many pieces of one order line."""

    order_line_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRow:
    """What left the house in one go."""

    id: UUID
    order_id: UUID
    kind: DeliveryKind
    carrier: str
    tracking: str
    location: str
    shipped_at: datetime
    lines: tuple[ParcelLine, ...]
