"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from tresen.domains.discovery.queries.browse import browse, newest
from tresen.domains.discovery.queries.cards import category_cards, shelf_counts, ways_on
from tresen.domains.discovery.queries.kept import (
    common_words,
    demand_of,
    demanded_products,
    due_products,
    kept_entries,
    most_demanded,
    products_on,
    stock_shown,
    variants_beside,
)
from tresen.domains.discovery.queries.search import search
from tresen.domains.discovery.queries.spaces import (
    count_entries,
    find_space,
    forget_spaces,
    list_left_spaces,
    list_spaces,
)
from tresen.domains.discovery.queries.suggest import suggest

__all__ = [
    "browse",
    "category_cards",
    "common_words",
    "count_entries",
    "demand_of",
    "demanded_products",
    "due_products",
    "find_space",
    "forget_spaces",
    "kept_entries",
    "list_left_spaces",
    "list_spaces",
    "most_demanded",
    "newest",
    "products_on",
    "search",
    "shelf_counts",
    "stock_shown",
    "suggest",
    "variants_beside",
    "ways_on",
]
