"""Facts announced by this domain."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event

IDS_PER_FACT_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductChanged(Event):
    """A product, its variants, words, pictures, shelves or publication changed."""

    product_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsImported(Event):
    """Many products changed at once: `count` of them, named by id (IDS_PER_FACT_MAX at most)."""

    count: int
    product_ids: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChanged(Event):
    """A category's words, place or visibility changed."""

    category_id: str
