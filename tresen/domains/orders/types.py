"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money


class OrderState(StrEnum):
    """Placed, or cancelled. How far money and goods are is told by their own states."""

    PLACED = "placed"
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    """A roll-up of the payments domain."""

    OPEN = "open"
    AUTHORIZED = "authorized"
    PAID = "paid"
    FAILED = "failed"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


SETTLED = frozenset({PaymentState.PAID, PaymentState.AUTHORIZED, PaymentState.PARTLY_REFUNDED})
"""With these the goods may leave: the money is there or promised, whatever part went back."""


class FulfilmentState(StrEnum):
    """A roll-up of the fulfilment domain."""

    OPEN = "open"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    COLLECTED = "collected"
    CANCELLED = "cancelled"


class Veil(StrEnum):
    """Why a person's data is not shown. Restricted: kept by law, and read by few."""

    NONE = ""
    RESTRICTED = "restricted"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who ordered. Personal data: sealed in the table; empty where it cannot be read any more."""

    name: str
    email: str
    phone: str = ""
    veil: Veil = Veil.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """Where to. Personal data: sealed in the table. `country` is ISO 3166-1 alpha-2."""

    name: str
    company: str = ""
    street: str
    extra: str = ""
    postcode: str
    city: str
    region: str = ""
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was promised about delivery: snapshot of the option, dates in the market's zone."""

    code: str
    kind: str
    name: str
    carrier: str
    earliest: date
    latest: date
    place: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line as promised. `unit` and `gross` are consumer prices incl. tax."""

    variant_id: UUID
    sku: str
    gtin: str
    title: str
    options: str
    slug: str
    picture_url: str
    quantity: int
    unit: Money
    gross: Money
    tax_category: str
    treatment: str
    rate_bp: int
    weight_g: int | None
    origin_country: str
    tariff_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxShare:
    """Net, tax and gross of one rate over the whole order, delivery included. Rate in 1/100 %."""

    category: str
    treatment: str
    rate_bp: int
    net: Money
    tax: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """Everything an order is opened with: a snapshot, never recomputed."""

    id: UUID
    cart_id: UUID | None
    channel_code: str
    store_code: str
    locale: str
    person_id: UUID
    person: Person
    address: PostalAddress | None
    billing: PostalAddress | None
    tax_country: str
    delivery: Delivery
    payment_method: str
    lines: tuple[NewLine, ...]
    taxes: tuple[TaxShare, ...]
    goods: Money
    delivery_price: Money
    net: Money
    tax: Money
    gross: Money
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line as stored. `shipped` and `cancelled` count pieces."""

    id: UUID
    position: int
    variant_id: UUID
    sku: str
    title: str
    options: str
    slug: str
    picture_url: str
    quantity: int
    shipped: int
    unit: Money
    gross: Money
    rate_bp: int

    @property
    def open_quantity(self) -> int:
        return self.quantity - self.shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One line of the order's story. `body` holds plain values, no personal data."""

    kind: str
    happened_at: datetime
    actor: str
    body: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """What a list shows."""

    id: UUID
    number: str
    channel_code: str
    locale: str
    placed_at: datetime
    state: OrderState
    payment_state: PaymentState
    fulfilment_state: FulfilmentState
    payment_method: str
    delivery_kind: str
    pieces: int
    gross: Money
    name: str
    country: str
    person_id: UUID | None = None
    veil: Veil = Veil.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """A whole order."""

    id: UUID
    number: str
    cart_id: UUID | None
    channel_code: str
    store_code: str
    locale: str
    placed_at: datetime
    state: OrderState
    payment_state: PaymentState
    fulfilment_state: FulfilmentState
    person_id: UUID | None
    person: Person
    address: PostalAddress | None
    billing: PostalAddress | None
    tax_country: str
    delivery: Delivery
    payment_method: str
    goods: Money
    delivery_price: Money
    net: Money
    tax: Money
    gross: Money
    lines: tuple[LineRow, ...]
    taxes: tuple[TaxShare, ...]
    history: tuple[HistoryRow, ...]
    texts: dict[str, str]
