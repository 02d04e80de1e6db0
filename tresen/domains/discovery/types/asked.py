"""What somebody looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Sort(StrEnum):
    """Orders of a list. RELEVANCE is for search only; RANK puts best-selling goods first."""

    RELEVANCE = "relevance"
    RANK = "rank"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NAME = "name"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to: any of the values of a facet, and every facet.

    Prices are whole minor units of the market's currency, both bounds included. `category` (an id,
    or an address) narrows a search; a list is asked for its shelf.
    """

    category: UUID | str | None = None
    brands: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False

    @property
    def are_set(self) -> bool:
        return self.has_tokens or self.has_price or self.in_stock

    @property
    def has_price(self) -> bool:
        return self.price_min is not None or self.price_max is not None

    @property
    def has_tokens(self) -> bool:
        return bool(self.category or self.brands or self.attributes)
