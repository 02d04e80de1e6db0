"""What is written into the projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from tresen.domains.discovery.types.shown import FacetKind

TokenKey = tuple[str, str]
"""Facet and value: («brand», «sparrow»), («attr.colour», «red»), («category», «0193…»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRow:
    """All rows of one channel and language, of one build. Only the current one is read."""

    id: int
    slot: int
    channel_code: str
    locale: str
    market: str
    currency: str
    is_current: bool
    opened_at: datetime
    switched_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A value of a facet with its words in the space's language."""

    facet: str
    value: str
    label: str
    slug: str = ""
    swatch: str = ""
    position: int = 0
    facet_label: str = ""
    facet_unit: str = ""
    facet_kind: FacetKind = FacetKind.CHOICE
    facet_position: int = 0

    @property
    def key(self) -> TokenKey:
        return (self.facet, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVariant:
    """By which numbers a variant is found: SKU and GTINs, normalised."""

    variant_id: UUID
    product_id: UUID
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What changes often: price, stock, and what follows from them. See Entry for the words.

    `rank` is low for what should be seen first.
    """

    product_id: UUID
    variant_id: UUID
    price_minor: int
    price_max_minor: int
    reference_minor: int | None
    content_amount: Decimal | None
    content_unit: str
    available: int
    demand: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What changes seldom: a product in one language, and what it is found by.

    Texts A to D are searched, from heavy to light. `shelves` and `tokens` are ids of tokens, the
    shelves being among the tokens; `newness` is high for what is new (days).
    """

    product_id: UUID
    variant_count: int
    slug: str
    title: str
    brand_code: str
    brand: str
    picture_urls: str
    picture_width: int
    picture_height: int
    picture_alt: str
    tax_category: str
    newness: int
    name_key: str
    shelves: Sequence[int]
    tokens: Sequence[int]
    text_a: str
    text_b: str
    text_c: str
    text_d: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """What the projector compares with: is it the same portrait, and what does stock look like."""

    product_id: UUID
    fingerprint: bytes
    title: str
    brand: str
    available: int
    demand: float


@dataclass(frozen=True, slots=True)
class StockShown:
    """What a space shows, or is to show, of a product's stock."""

    space_id: int
    product_id: UUID
    available: int
    rank: int
    demand: float = 0.0
