"""One page out of a matched set, with the counts beside it, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from tresen.domains.discovery.queries.facets import counted_as_json, shown_facets
from tresen.domains.discovery.queries.matching import ORDERS
from tresen.domains.discovery.queries.pieces import NOTHING, Piece
from tresen.domains.discovery.queries.rows import COLUMN_COUNT, COLUMNS, entry_of
from tresen.domains.discovery.rules import Cursor, Key, read_cursor, write_cursor
from tresen.domains.discovery.types import Entry, Filters, Page, PriceSpan, Sort
from tresen.foundation.money import Money
from tresen.foundation.sql import Row


def after(cursor: Cursor | None, *, key: str, product_id: str) -> Piece:
    """The condition that one is behind the cursor, in reading direction."""
    if cursor is None:
        return Piece("true")
    order = ORDERS[cursor.sort]
    sign = "<" if order.down != cursor.back else ">"
    return Piece(
        f"({key}, {product_id}) {sign} (%s::{order.cast}, %s::uuid)",
        (cursor.key, cursor.product_id),
    )


def in_order(sort: Sort, cursor: Cursor | None, *, limit: int, key: str, product_id: str) -> Piece:
    """ORDER BY … LIMIT: one more than wanted, which tells whether there is another page.

    The limit is written out: with a parameter PostgreSQL would plan for a tenth of the shelf.
    """
    down = ORDERS[sort].down != (cursor is not None and cursor.back)
    direction = "DESC" if down else "ASC"
    return Piece(f"ORDER BY {key} {direction}, {product_id} {direction} LIMIT {limit + 1:d}")


def page_of_matched(
    sort: Sort, cursor: Cursor | None, *, limit: int, span: Piece = NOTHING
) -> Piece:
    """The page out of `matched`, the facets in `counted`, and the sums.

    Every row begins with the columns of an entry and its key; the first one carries the facets.
    """
    span = span if span.text else Piece("SELECT min(price_minor), max(price_minor) FROM matched")
    return (
        Piece(f", span (low, high) AS ({span.text})", span.params)
        + Piece(", page AS (SELECT row_number() OVER () AS place, m.key AS key, m.product_id AS id")
        + Piece("FROM (SELECT key, product_id FROM matched WHERE")
        + after(cursor, key="key", product_id="product_id")
        + in_order(sort, cursor, limit=limit, key="key", product_id="product_id")
        + Piece(f") m) SELECT {COLUMNS}, page.key, here.currency,")
        + Piece("(SELECT count(*) FROM matched), span.low, span.high,")
        + Piece("CASE WHEN coalesce(page.place, 1) = 1 THEN (")
        + counted_as_json()
        + Piece(
            ") END FROM here CROSS JOIN span LEFT JOIN page ON true LEFT JOIN discovery_entry e"
        )
        + Piece("ON e.space_id = here.id AND e.product_id = page.id ORDER BY page.place")
    )


def entries_in(rows: Sequence[Row], *, currency: str) -> list[tuple[Entry, Key]]:
    """The entries of such rows with their keys; a row without one says that there is none."""
    return [
        (entry_of(row, currency=currency), cast("Key", row[COLUMN_COUNT]))
        for row in rows
        if row[0] is not None
    ]


def page_from(
    rows: Sequence[Row],
    *,
    sort: Sort,
    cursor: Cursor | None,
    limit: int,
    filters: Filters,
    total_max: int,
) -> Page:
    """The page that `page_of_matched` describes."""
    if not rows:
        return EMPTY
    currency, total, low, high, facets = cast(
        "tuple[str, int, int | None, int | None, str | None]", rows[0][COLUMN_COUNT + 1 :]
    )
    page = page_with(entries_in(rows, currency=currency), sort=sort, cursor=cursor, limit=limit)
    return replace(
        page,
        facets=shown_facets(facets, filters=filters, total=total),
        prices=price_span(low, high, currency=currency),
        total=min(total, total_max),
        total_is_exact=total <= total_max,
    )


def page_with(
    found: Sequence[tuple[Entry, Key]], *, sort: Sort, cursor: Cursor | None, limit: int
) -> Page:
    """Entries in order with cursors around them; `found` may hold one more than the page."""
    back = cursor is not None and cursor.back
    has_more = len(found) > limit
    shown = list(found[:limit])
    if back:
        shown.reverse()
    before = has_more if back else cursor is not None
    behind = True if back else has_more
    return replace(
        EMPTY,
        entries=tuple(entry for entry, _ in shown),
        prev_cursor=_cursor(sort, shown[0], back=True) if shown and before else "",
        next_cursor=_cursor(sort, shown[-1], back=False) if shown and behind else "",
    )


def price_span(low: int | None, high: int | None, *, currency: str) -> PriceSpan | None:
    if low is None or high is None:
        return None
    return PriceSpan(Money(low, currency), Money(high, currency))


def cursor_of(text: str, *, sort: Sort) -> Cursor | None:
    """None for the first page. Raises BadCursor."""
    return read_cursor(text, sort=sort) if text else None


def _cursor(sort: Sort, shown: tuple[Entry, Key], *, back: bool) -> str:
    entry, key = shown
    return write_cursor(Cursor(sort, back, key, entry.product_id))


EMPTY: Final = Page(
    entries=(),
    facets=(),
    prices=None,
    total=0,
    total_is_exact=True,
    next_cursor="",
    prev_cursor="",
)
"""What a channel shows that has nothing."""
