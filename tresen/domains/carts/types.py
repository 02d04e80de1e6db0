"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

QUANTITY_MAX = 999
LINES_MAX = 100


@dataclass(frozen=True, slots=True)
class CartLine:
    """So many of one variant."""

    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the customer about this order. Personal data: sealed in the table."""

    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address. Personal data: sealed in the table. `country` is ISO 3166-1 alpha-2."""

    name: str
    company: str = ""
    street: str
    extra: str = ""
    postcode: str
    city: str
    region: str = ""
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CartRow:
    """A cart as it lies in the table; prices are not part of it."""

    id: UUID
    channel_code: str
    locale: str
    is_open: bool
    order_id: UUID | None
    lines: tuple[CartLine, ...]
    contact: Contact | None
    address: Address | None
    billing: Address | None
    delivery_code: str
    payment_method: str

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)
