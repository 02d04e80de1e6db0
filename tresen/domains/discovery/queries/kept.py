"""What the projector asks: which products are in a space, and what it knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from tresen.domains.discovery.queries.pieces import Piece, here
from tresen.domains.discovery.queries.spaces import find_space
from tresen.domains.discovery.types import KeptEntry, StockShown
from tresen.foundation import sql

COMMON_FROM: Final = 2
COMMON_LENGTH_MIN: Final = 4

_Kept = tuple[UUID, bytes, str, str, int, float]


def kept_entries(space_id: int, *, product_ids: Sequence[UUID]) -> dict[UUID, KeptEntry]:
    """Those of the products that are in the space."""
    found = sql.rows(
        "SELECT product_id, fingerprint, title, brand, available, demand FROM discovery_entry"
        " WHERE space_id = %s AND product_id = ANY(%s::uuid[])",
        (space_id, list(product_ids)),
    )
    return {
        product_id: KeptEntry(
            product_id=product_id,
            fingerprint=bytes(fingerprint),
            title=title,
            brand=brand,
            available=available,
            demand=demand,
        )
        for product_id, fingerprint, title, brand, available, demand in cast("list[_Kept]", found)
    }


def variants_beside(variant_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The products of these variants with all their variants, these among them."""
    found = sql.rows(
        "SELECT v.product_id, array_agg(v.variant_id) FROM discovery_variant v"
        " WHERE v.product_id IN (SELECT product_id FROM discovery_variant"
        "   WHERE variant_id = ANY(%s::uuid[])) GROUP BY v.product_id",
        (list(variant_ids),),
    )
    return dict(cast("list[tuple[UUID, list[UUID]]]", found))


def stock_shown(*, space_ids: Sequence[int], product_ids: Sequence[UUID]) -> list[StockShown]:
    """What these spaces show of the products."""
    found = sql.rows(
        "SELECT space_id, product_id, available, rank, demand FROM discovery_entry"
        " WHERE space_id = ANY(%s::int[]) AND product_id = ANY(%s::uuid[])",
        (list(space_ids), list(product_ids)),
    )
    return [StockShown(*row) for row in cast("list[tuple[int, UUID, int, int, float]]", found)]


def most_demanded(*, limit: int) -> list[UUID]:
    """What sells best, the best first."""
    found = sql.rows(
        "SELECT product_id FROM discovery_demand ORDER BY pieces DESC, product_id LIMIT %s",
        (limit,),
    )
    return [cast("UUID", row[0]) for row in found]


def demanded_products(*, since: datetime, hour: int, limit: int) -> list[UUID]:
    """Products counted since then, and those whose turn it is: each once a day, since it fades."""
    found = sql.rows(
        "SELECT product_id FROM discovery_demand WHERE counted_at >= %s"
        " OR abs(hashtext(product_id::text)) %% 24 = %s ORDER BY counted_at DESC LIMIT %s",
        (since, hour, limit),
    )
    return [cast("UUID", row[0]) for row in found]


def products_on(category_id: UUID, *, after: UUID | None, limit: int) -> list[UUID]:
    """Products that stand on a shelf in any space, page by page in the order of ids."""
    found = sql.rows(
        "SELECT DISTINCT p.product_id FROM discovery_place p WHERE p.shelf_id IN ("
        " SELECT id FROM discovery_token WHERE facet = 'category' AND value = %s)"
        " AND p.product_id > %s ORDER BY p.product_id LIMIT %s",
        (str(category_id), after or UUID(int=0), limit),
    )
    return [cast("UUID", row[0]) for row in found]


def common_words(*, channel_code: str, locale: str, limit: int) -> frozenset[str]:
    """Words that at least COMMON_FROM products of the present space have in title or brand."""
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return frozenset()
    statement = here(space) + Piece(
        "SELECT word FROM discovery_word WHERE space_id = (SELECT id FROM here)"
        " AND products >= %s AND length(word) >= %s ORDER BY products DESC LIMIT %s",
        (COMMON_FROM, COMMON_LENGTH_MIN, limit),
    )
    found = sql.rows(statement.text, statement.params)
    return frozenset(word for (word,) in cast("list[tuple[str]]", found) if word.isalpha())


def due_products(*, now: datetime, limit: int) -> list[UUID]:
    """Products for which a price or a publication began or ended meanwhile."""
    found = sql.rows(
        "SELECT product_id FROM discovery_due WHERE due_at <= %s ORDER BY due_at LIMIT %s",
        (now, limit),
    )
    return [cast("UUID", row[0]) for row in found]


def demand_of(product_ids: Sequence[UUID]) -> dict[UUID, tuple[float, datetime]]:
    """Pieces sold as they were last counted, and when that was."""
    found = sql.rows(
        "SELECT product_id, pieces, counted_at FROM discovery_demand"
        " WHERE product_id = ANY(%s::uuid[])",
        (list(product_ids),),
    )
    return {
        product_id: (pieces, counted_at)
        for product_id, pieces, counted_at in cast("list[tuple[UUID, float, datetime]]", found)
    }
