"""What is shown: frozen rows that need no further question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money

BRAND, CATEGORY, STOCK, PRICE = "brand", "category", "stock", "price"
"""Facets that every shop has; an attribute's facet is named «attr.» and its code."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What it shows, its true size, its versions by pixel width."""

    alt: str
    width: int
    height: int
    urls: Mapping[int, str] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A product as a card shows it.

    `price` is the lowest of its variants, as the market shows prices; `is_from` says that others
    cost more. `reference` is the lowest price of 30 days, while a reduction is announced.
    `content_amount` in `content_unit` belongs to that variant. `available` counts all variants
    and ends at AVAILABLE_SHOWN_MAX.
    """

    product_id: UUID
    variant_id: UUID
    variant_count: int
    slug: str
    title: str
    brand_code: str
    brand: str
    picture: Picture | None
    price: Money
    is_from: bool
    reference: Money | None
    tax_category: str
    content_amount: Decimal | None
    content_unit: str
    available: int

    @property
    def in_stock(self) -> bool:
        return self.available > 0


class FacetKind(StrEnum):
    """How a facet is shown: boxes to tick, or a span from … to."""

    CHOICE = "choice"
    NUMBER = "number"
    BOOLEAN = "boolean"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and how many products it would leave; `slug` is a category's address."""

    value: str
    label: str
    count: int
    chosen: bool = False
    swatch: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One question put to the list; `unit` belongs to numbers."""

    code: str
    label: str
    kind: FacetKind
    unit: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """The lowest and the highest price in the list, price filter left aside."""

    low: Money
    high: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list. Empty cursors mean: no such page.

    Where `total_is_exact` is False there are more than `total`, and facets were counted over the
    first FACET_ROWS_MAX.
    """

    entries: tuple[Entry, ...]
    facets: tuple[Facet, ...]
    prices: PriceSpan | None
    total: int
    total_is_exact: bool
    next_cursor: str
    prev_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """A page of a search.

    `corrected` is what was looked for instead, because the words as typed gave nothing;
    `did_you_mean` a better spelling that was not used. `some_words_only` says that the list also
    holds products that have only some of the words.
    """

    corrected: str
    did_you_mean: str
    some_words_only: bool


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    TERM = "term"
    CATEGORY = "category"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A line below the search box. `slug` is an address, or empty for a term."""

    kind: SuggestionKind
    label: str
    slug: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Terms, categories and products, each the best first."""

    terms: tuple[Suggestion, ...] = ()
    categories: tuple[Suggestion, ...] = ()
    products: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCard:
    """A shelf with the picture of its best-selling product."""

    category_id: UUID
    label: str
    slug: str
    count: int
    picture: Picture | None
