"""Counting facets: kept counts for a whole shelf, counted ones for what a filter leaves."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, cast

from tresen.domains.discovery.queries.pieces import Piece
from tresen.domains.discovery.rules.facets import Counted, facets_of
from tresen.domains.discovery.types import Facet, Filters

COUNTS_READ_MAX: Final = 300
"""Values read per list, the most frequent first: more than any page shows."""
FACETS_REMEMBERED_MAX: Final = 128

_WORDS: Final = (
    "t.facet, t.facet_label, t.facet_unit, t.facet_kind, t.facet_position,"
    " t.value, t.label, t.slug, t.swatch, t.position"
)
_Counted = tuple[str, str, str, str, int, str, str, str, str, int, int]


def kept_counts() -> Piece:
    """The facets of the `shelf`, as JSON: counted when products were written."""
    return Piece(
        f"SELECT json_agg(json_build_array({_WORDS}, c.products))::text FROM ("  # noqa: S608
        " SELECT token_id, products FROM discovery_facet_count"
        " WHERE shelf_id = (SELECT id FROM shelf) AND products > 0"
        f" ORDER BY products DESC LIMIT {COUNTS_READ_MAX}) c"
        " JOIN discovery_token t ON t.id = c.token_id"
    )


def others(active: list[str]) -> Piece:
    """Counts over `matched` of the facets that nobody chose from."""
    counts = (
        "SELECT token, count(*)::int AS products FROM (SELECT unnest(tokens) AS token"
        " FROM matched) one GROUP BY token"
    )
    if not active:
        return Piece(counts)
    return Piece(
        f"SELECT x.token, x.products FROM ({counts}) x"  # noqa: S608
        " JOIN discovery_token t ON t.id = x.token WHERE t.facet <> ALL(%s::text[])",
        (active,),
    )


def own(code: str, found: Piece) -> Piece:
    """Counts of a facet that was chosen from, over what is `found` without that choice."""
    return (
        Piece("SELECT x.token, x.products FROM (SELECT token, count(*)::int AS products")
        + Piece("FROM (SELECT unnest(m.tokens) AS token FROM")
        + found
        + Piece("m) one GROUP BY token) x JOIN discovery_token t ON t.id = x.token")
        + Piece("WHERE t.facet = %s", (code,))
    )


def in_stock(found: Piece) -> Piece:
    """How many of the found are in stock."""
    return (
        Piece("SELECT t.id, s.products FROM (SELECT count(*)::int AS products FROM")
        + found
        + Piece("m WHERE m.available > 0) s JOIN discovery_token t")
        + Piece("ON t.space_id = (SELECT id FROM here) AND t.facet = 'stock'")
    )


def counted_as_json() -> Piece:
    """The facets in `counted` (token, products), as JSON."""
    return Piece(
        f"SELECT json_agg(json_build_array({_WORDS}, c.products))::text FROM ("  # noqa: S608
        f" SELECT token, products FROM counted ORDER BY products DESC LIMIT {COUNTS_READ_MAX}) c"
        " JOIN discovery_token t ON t.id = c.token"
    )


def shown_facets(text: str | None, *, filters: Filters, total: int) -> tuple[Facet, ...]:
    """The facets of a list of `total` products, from that JSON."""
    if filters.are_set:
        return facets_of(counts_of(text), filters=filters, total=total)
    return _usual_facets(text, total)


@lru_cache(maxsize=FACETS_REMEMBERED_MAX)
def _usual_facets(text: str | None, total: int) -> tuple[Facet, ...]:
    """Remembered by the very text that came from the database, so that they are never older."""
    return facets_of(counts_of(text), filters=Filters(), total=total)


def counts_of(text: str | None) -> list[Counted]:
    """From that JSON."""
    rows = cast("list[_Counted]", json.loads(text)) if text else []
    return [Counted._make(row) for row in rows]
