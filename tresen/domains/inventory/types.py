"""The words of this domain. Quantities are pieces of a variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class LocationKind(StrEnum):
    """Where goods can lie, come from or go to. Only the first three keep levels."""

    WAREHOUSE = "warehouse"
    STORE = "store"
    TRANSIT = "transit"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    LOSS = "loss"


SELLABLE = frozenset({LocationKind.WAREHOUSE, LocationKind.STORE})
"""Kinds whose goods may be promised to a customer."""

SUPPLIER, CUSTOMER, LOSS, TRANSIT = "supplier", "customer", "loss", "transit"
"""Codes of the locations beyond our walls (and on the road), which always exist."""


class Reason(StrEnum):
    """Why goods moved."""

    RECEIPT = "receipt"
    SALE = "sale"
    RETURN = "return"
    TRANSFER = "transfer"
    COUNT = "count"
    DAMAGE = "damage"
    THEFT = "theft"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Need:
    """So many pieces of a variant; at least one."""

    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted on the shelf; may be zero."""

    variant_id: UUID
    on_hand: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """So many pieces of a variant are kept at a location for an order."""

    variant_id: UUID
    location_code: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What a movement was made for: a kind such as "order" and that thing's id."""

    kind: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What this cart or order could take from one level row: free pieces and its own held ones.

    `shard` is 0 for the row of an ordinary level; hot articles lie on several (LevelRow.shards).
    """

    level_id: int
    variant_id: UUID
    location_code: str
    shard: int
    free: int
    held: int

    @property
    def reachable(self) -> int:
        return self.free + self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So many pieces to be taken from one level row."""

    level_id: int
    variant_id: UUID
    location_code: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLocation:
    """What is needed to open a location. Its address is business data.

    `opening_hours` maps weekdays (1 is Monday) to ("10:00", "19:00") in the place's own time;
    a missing day is closed. A lower `priority` number is asked first. `store_code` names the store
    whose shelf it is; empty: it serves the whole house.
    """

    code: str
    name: str
    kind: LocationKind
    pickup_allowed: bool = False
    priority: int = 100
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    opening_hours: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    store_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRow:
    """A place; see NewLocation for the fields."""

    code: str
    name: str
    kind: LocationKind
    pickup_allowed: bool
    priority: int
    street: str
    postcode: str
    city: str
    country: str
    opening_hours: Mapping[int, tuple[str, str]]
    store_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """What lies at one location. `available` = `on_hand` - `allocated` - `reserved`.

    `allocated` is kept for orders, `reserved` held for carts (expired holds included until they
    are swept). `shards` is 1, or over how many rows a hot article is spread.
    """

    variant_id: UUID
    location_code: str
    location_name: str
    kind: LocationKind
    on_hand: int
    allocated: int
    reserved: int
    shards: int

    @property
    def available(self) -> int:
        return self.on_hand - self.allocated - self.reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who keeps how many pieces at a location: an order (no `until`), or a cart until then."""

    variant_id: UUID
    location_code: str
    quantity: int
    order_id: UUID | None
    cart_id: UUID | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """One line of the ledger: pieces went from one location to another, and why."""

    id: int
    variant_id: UUID
    from_code: str
    to_code: str
    quantity: int
    reason: Reason
    cause: Cause
    actor: str
    moved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A level that does not equal what its ledgers say. There should never be one."""

    variant_id: UUID
    location_code: str
    on_hand: int
    moved: int
    allocated: int
    promised: int
    reserved: int
    held: int
