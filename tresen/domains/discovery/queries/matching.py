"""Which products match: conditions as pieces of SQL, and matched sets of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tresen.domains.discovery.queries.pieces import Piece, in_slot, joined
from tresen.domains.discovery.types import (
    BRAND,
    FACET_ROWS_MAX,
    PRICE,
    STOCK,
    Filters,
    Sort,
    SpaceRow,
)

ALL_GOODS: Final = ""
"""The value of the shelf on which everything stands."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sort key of entries and the direction one reads it in."""

    column: str
    cast: str
    down: bool


ORDERS: Final = {
    Sort.RANK: Order("rank", "int", down=False),
    Sort.PRICE: Order("price_minor", "bigint", down=False),
    Sort.PRICE_DOWN: Order("price_minor", "bigint", down=True),
    Sort.NAME: Order("name_key", "text", down=False),
    Sort.NEWEST: Order("newness", "int", down=True),
    Sort.RELEVANCE: Order("score", "float8", down=True),
}


def shelf(category: UUID | str | None) -> Piece:
    """The `shelf` of a category, by its id or its address in the space's language."""
    column, value = _named(category)
    return Piece(
        ", shelf AS (SELECT id FROM discovery_token WHERE space_id = (SELECT id FROM here)"  # noqa: S608
        f" AND facet = 'category' AND {column} = %s LIMIT 1)",
        (value,),
    )


def active_facets(filters: Filters) -> list[str]:
    """The facets that narrow the list, by their codes."""
    codes = [BRAND] if filters.brands else []
    codes += [f"attr.{code}" for code in filters.attributes]
    codes += [STOCK] if filters.in_stock else []
    return codes + ([PRICE] if filters.has_price else [])


def on_shelf(space: SpaceRow, filters: Filters, *, without: str, everything: bool) -> Piece:
    """FROM … WHERE …: what stands on the shelf and passes the filters but one.

    Brands and attributes are looked up in the inverted index; where only price or stock narrow
    the list, the shelf's own index is read, so that nothing is read beyond the limit.
    """
    tokens = list(_token_conditions(filters, without))
    if tokens:
        first = [in_slot(space), *([] if everything else [Piece(_ON_SHELF)])]
        rest = [*first, *tokens, *_number_conditions(filters, without, "e", "e.available > 0")]
        return Piece("FROM discovery_entry e WHERE") + joined(rest, by=" AND ")
    rest = [Piece(_PLACED), *_number_conditions(filters, without, "p", "p.in_stock")]
    return Piece(f"{_PLACE_AND_ENTRY} WHERE") + joined(rest, by=" AND ")


def along_shelf(filters: Filters) -> Piece:
    """FROM … WHERE …: the same products, for reading the shelf in one of its orders.

    OFFSET 0 keeps PostgreSQL from looking brands up first and sorting what it finds.
    """
    conditions = [
        Piece(_PLACED),
        *_token_conditions(filters, ""),
        *_number_conditions(filters, "", "p", "p.in_stock"),
    ]
    return Piece(f"{_ALONG_PLACES} WHERE") + joined(conditions, by=" AND ")


def in_search(filters: Filters, *, without: str = "") -> Piece:
    """AND …: the filters as further conditions of a search in discovery_entry `e`."""
    conditions = [
        *_token_conditions(filters, without),
        *_number_conditions(filters, without, "e", "e.available > 0"),
    ]
    return joined([Piece(""), *conditions], by=" AND ")


def matched_columns(order: Order) -> str:
    """What is kept of each matched product."""
    return f"e.product_id, e.tokens, e.price_minor, e.available, e.{order.column} AS key"


_ON_SHELF: Final = "e.tokens @> ARRAY[(SELECT id FROM shelf)]"
_PLACED: Final = "p.shelf_id = (SELECT id FROM shelf)"
_PLACE_AND_ENTRY: Final = (
    "FROM discovery_place p JOIN discovery_entry e"
    " ON e.space_id = (SELECT id FROM here) AND e.product_id = p.product_id"
)
_ALONG_PLACES: Final = (
    "FROM discovery_place p CROSS JOIN LATERAL (SELECT * FROM discovery_entry found"
    " WHERE found.space_id = (SELECT id FROM here) AND found.product_id = p.product_id OFFSET 0) e"
)
_ANY_VALUE: Final = (
    "e.tokens && (SELECT array_agg(id) FROM discovery_token"
    " WHERE space_id = (SELECT id FROM here) AND facet = %s AND value = ANY(%s::text[]))"
)
_IN_CATEGORY: Final = (
    "e.tokens && (SELECT array_agg(id) FROM discovery_token"
    " WHERE space_id = (SELECT id FROM here) AND facet = 'category' AND {column} = %s)"
)
MATCHED_LIMIT: Final = f"LIMIT {FACET_ROWS_MAX + 1}"


def _named(category: UUID | str | None) -> tuple[str, str]:
    """The column of a category's token, and what stands there."""
    if isinstance(category, str):
        return "slug", category.replace("\0", "")
    return "value", str(category) if category else ALL_GOODS


def _token_conditions(filters: Filters, without: str) -> Iterator[Piece]:
    if filters.category:
        column, value = _named(filters.category)
        yield Piece(_IN_CATEGORY.format(column=column), (value,))
    if filters.brands and without != BRAND:
        yield Piece(_ANY_VALUE, (BRAND, list(filters.brands)))
    for code, values in filters.attributes.items():
        if without != f"attr.{code}":
            yield Piece(_ANY_VALUE, (f"attr.{code}", list(values)))


def _number_conditions(
    filters: Filters, without: str, table: str, in_stock: str
) -> Iterator[Piece]:
    if without != PRICE:
        if filters.price_min is not None:
            yield Piece(f"{table}.price_minor >= %s::bigint", (filters.price_min,))
        if filters.price_max is not None:
            yield Piece(f"{table}.price_minor <= %s::bigint", (filters.price_max,))
    if filters.in_stock and without != STOCK:
        yield Piece(in_stock)
