"""Shelves with a picture, and ways on from an empty list."""

from __future__ import annotations

from typing import Final, cast
from uuid import UUID

from tresen.domains.discovery.queries.pieces import Piece, here
from tresen.domains.discovery.queries.rows import picture_of
from tresen.domains.discovery.queries.spaces import find_space
from tresen.domains.discovery.types import (
    CategoryCard,
    Suggestion,
    SuggestionKind,
    Suggestions,
)
from tresen.foundation import sql

CARDS_MAX: Final = 100
SHELVES_MAX: Final = 50_000
WAYS_CATEGORIES: Final = 8
WAYS_PRODUCTS: Final = 4

_EVERYTHING: Final = (
    ", everything AS (SELECT id FROM discovery_token WHERE space_id = (SELECT id FROM here)"
    " AND facet = 'category' AND value = '')"
)
_CARDS: Final = (
    f"{_EVERYTHING} SELECT t.value, t.label, t.slug, c.products, first.*"  # noqa: S608
    " FROM discovery_token t JOIN discovery_facet_count c ON c.token_id = t.id"
    "   AND c.shelf_id = (SELECT id FROM everything) AND c.products > 0"
    " LEFT JOIN LATERAL (SELECT e.picture_urls, e.picture_width, e.picture_height, e.picture_alt"
    "   FROM (SELECT product_id, rank FROM discovery_place WHERE shelf_id = t.id"
    "     ORDER BY rank, product_id LIMIT 10) p"
    "   JOIN discovery_entry e ON e.space_id = t.space_id AND e.product_id = p.product_id"
    "   ORDER BY e.picture_urls = '', p.rank, p.product_id LIMIT 1) first ON true"
    " WHERE t.space_id = (SELECT id FROM here) AND t.facet = 'category'"
    "   AND t.value = ANY(%s::text[])"
    " ORDER BY t.position, t.label LIMIT %s"
)
_COUNTS: Final = (
    f"{_EVERYTHING} SELECT t.value, c.products FROM discovery_facet_count c"  # noqa: S608
    " JOIN discovery_token t ON t.id = c.token_id AND t.facet = 'category' AND t.value <> ''"
    " WHERE c.shelf_id = (SELECT id FROM everything) AND c.products > 0 LIMIT %s"
)
_WAYS: Final = (
    f"{_EVERYTHING}"  # noqa: S608
    " (SELECT 'category', t.label, t.slug, c.products FROM discovery_facet_count c"
    "  JOIN discovery_token t ON t.id = c.token_id AND t.facet = 'category' AND t.value <> ''"
    "  WHERE c.shelf_id = (SELECT id FROM everything) AND c.products > 0"
    f" ORDER BY c.products DESC, t.label LIMIT {WAYS_CATEGORIES})"
    " UNION ALL (SELECT 'product', e.title, e.slug, 0 FROM (SELECT product_id, rank"
    "    FROM discovery_place WHERE shelf_id = (SELECT id FROM everything)"
    f"   ORDER BY rank, product_id LIMIT {WAYS_PRODUCTS}) p"
    "  JOIN discovery_entry e ON e.space_id = (SELECT id FROM here)"
    "    AND e.product_id = p.product_id ORDER BY p.rank, p.product_id)"
)
_Card = tuple[str, str, str, int, str | None, int | None, int | None, str | None]


def category_cards(
    *, channel_code: str, locale: str, category_ids: list[UUID]
) -> list[CategoryCard]:
    """Those of the shelves on which something stands, in the shop's order."""
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return []
    statement = here(space) + Piece(_CARDS, ([str(one) for one in category_ids], CARDS_MAX))
    return [
        CategoryCard(
            category_id=UUID(value),
            label=label,
            slug=slug,
            count=count,
            picture=picture_of(urls, width=width or 0, height=height or 0, alt=alt or ""),
        )
        for value, label, slug, count, urls, width, height, alt in cast(
            "list[_Card]", sql.rows(statement.text, statement.params)
        )
    ]


def shelf_counts(*, channel_code: str, locale: str) -> dict[UUID, int]:
    """How many products stand on each shelf; shelves without any are left out."""
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return {}
    statement = here(space) + Piece(_COUNTS, (SHELVES_MAX,))
    found = cast("list[tuple[str, int]]", sql.rows(statement.text, statement.params))
    return {UUID(value): count for value, count in found}


def ways_on(*, channel_code: str, locale: str) -> Suggestions:
    """Where to look when nothing was found: the largest shelves, the best-selling products."""
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return Suggestions()
    statement = here(space) + Piece(_WAYS)
    found = cast("list[tuple[str, str, str, int]]", sql.rows(statement.text, statement.params))
    rows = [
        Suggestion(kind=SuggestionKind(kind), label=label, slug=slug, count=count)
        for kind, label, slug, count in found
    ]
    return Suggestions(
        categories=tuple(row for row in rows if row.kind is SuggestionKind.CATEGORY),
        products=tuple(row for row in rows if row.kind is SuggestionKind.PRODUCT),
    )
