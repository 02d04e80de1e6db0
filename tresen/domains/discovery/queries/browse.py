"""Lists: a category page, filtered or not, in one of its orders."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from tresen.domains.discovery.queries.facets import (
    in_stock,
    kept_counts,
    others,
    own,
    shown_facets,
)
from tresen.domains.discovery.queries.matching import (
    MATCHED_LIMIT,
    ORDERS,
    active_facets,
    along_shelf,
    matched_columns,
    on_shelf,
    shelf,
)
from tresen.domains.discovery.queries.paging import (
    EMPTY,
    after,
    cursor_of,
    entries_in,
    in_order,
    page_from,
    page_of_matched,
    page_with,
    price_span,
)
from tresen.domains.discovery.queries.pieces import NOTHING, Piece, here, joined
from tresen.domains.discovery.queries.rows import COLUMNS
from tresen.domains.discovery.queries.spaces import SPACE_SECONDS, find_space
from tresen.domains.discovery.rules import Cursor, sound_limit
from tresen.domains.discovery.types import (
    FACET_ROWS_MAX,
    PAGE_SIZE,
    PRICE,
    STOCK,
    Filters,
    Page,
    Sort,
    SpaceRow,
)
from tresen.foundation import sql
from tresen.foundation.remembered import Remembered

_NO_FILTERS = Filters()
_Sums = tuple[int | None, int | None, str | None, int | None]
"""Lowest and highest price, facets as JSON, products."""
_sums = Remembered[tuple[object, ...], _Sums](seconds=SPACE_SECONDS)
"""Of whole shelves, which everybody looks at: a shelf is counted once a second, not per visitor."""


def browse(
    *,
    channel_code: str,
    locale: str,
    category: UUID | str | None = None,
    filters: Filters = _NO_FILTERS,
    sort: Sort = Sort.RANK,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> Page:
    """A page of a shelf (by id, or by its address), or of all goods. One trip, two statements.

    The sums of a whole shelf (facets, prices, how many) are at most SPACE_SECONDS old.

    A filtered list of more than FACET_ROWS_MAX takes a second trip. Raises BadCursor, BadLimit.
    """
    assert sort is not Sort.RELEVANCE, "only a search knows what is relevant"
    limit, place = sound_limit(limit), cursor_of(cursor, sort=sort)
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return EMPTY
    head = here(space) + shelf(category)
    if not filters.are_set:
        return _whole_shelf(space, head, sort=sort, cursor=place, limit=limit)
    statement = (
        head
        + _matched(space, filters, sort=sort, everything=category is None)
        + page_of_matched(
            sort, place, limit=limit, span=_span(space, filters, everything=not category)
        )
    )
    rows = sql.rows(statement.text, statement.params)
    page = page_from(
        rows, sort=sort, cursor=place, limit=limit, filters=filters, total_max=FACET_ROWS_MAX
    )
    if page.total_is_exact:
        return page
    walked = _walk(head, along_shelf(filters), sort=sort, cursor=place, limit=limit)
    found = entries_in(sql.rows(walked.text, walked.params), currency=space.currency)
    shown = page_with(found, sort=sort, cursor=place, limit=limit)
    return replace(
        page,
        entries=shown.entries,
        next_cursor=shown.next_cursor,
        prev_cursor=shown.prev_cursor,
    )


def newest(*, channel_code: str, locale: str, limit: int = PAGE_SIZE) -> Page:
    """What came last. The page has no facets and no total: it is not gone through."""
    limit, space = sound_limit(limit), find_space(channel_code=channel_code, locale=locale)
    if space is None:
        return EMPTY
    head = here(space) + shelf(None)
    walked = _walk(
        head, along_shelf(_NO_FILTERS), sort=Sort.NEWEST, cursor=None, limit=sound_limit(limit)
    )
    found = entries_in(sql.rows(walked.text, walked.params), currency=space.currency)
    return page_with(found, sort=Sort.NEWEST, cursor=None, limit=limit)


def _whole_shelf(
    space: SpaceRow, head: Piece, *, sort: Sort, cursor: Cursor | None, limit: int
) -> Page:
    walked = _walk(head, along_shelf(_NO_FILTERS), sort=sort, cursor=cursor, limit=limit)
    kept_as = (head.text, *head.params)
    sums = _sums.find(kept_as)
    with sql.pipelined():
        asked_page = sql.ask(walked.text, walked.params, shape=list)
        asked_sums = None if sums else _ask_sums(head)
        rows = asked_page.answer()
        if asked_sums:
            sums = _sums.keep(kept_as, asked_sums.answer())
    assert sums
    low, high, facets, total = sums
    return replace(
        page_with(entries_in(rows, currency=space.currency), sort=sort, cursor=cursor, limit=limit),
        facets=shown_facets(facets, filters=_NO_FILTERS, total=total or 0),
        prices=price_span(low, high, currency=space.currency),
        total=total or 0,
    )


def _ask_sums(head: Piece) -> sql.Asked[_Sums]:
    sums = head + Piece("SELECT") + _kept_span() + Piece(", (") + kept_counts() + Piece("), (")
    sums = sums + Piece("SELECT products FROM discovery_facet_count WHERE shelf_id = shelf.id")
    sums = sums + Piece("AND token_id = shelf.id) FROM here LEFT JOIN shelf ON true")
    return sql.ask(sums.text, sums.params, shape=lambda found: cast("_Sums", found[0]))


def _walk(head: Piece, source: Piece, *, sort: Sort, cursor: Cursor | None, limit: int) -> Piece:
    """Along the shelf's own index from the cursor on: as fast on a long shelf as on a short one."""
    key = f"p.{ORDERS[sort].column}"
    return (
        head
        + Piece(f"SELECT {COLUMNS}, {key}")
        + source
        + Piece("AND")
        + after(cursor, key=key, product_id="p.product_id")
        + in_order(sort, cursor, limit=limit, key=key, product_id="p.product_id")
    )


def _matched(space: SpaceRow, filters: Filters, *, sort: Sort, everything: bool) -> Piece:
    """`matched`, and `counted`: each facet over what all the other filters leave."""
    active = active_facets(filters)
    matched = (
        Piece(f", matched AS MATERIALIZED (SELECT {matched_columns(ORDERS[sort])}")
        + on_shelf(space, filters, without="", everything=everything)
        + Piece(f"{MATCHED_LIMIT})")
    )
    arms = [others(active)]
    arms += [
        _own(code, space, filters, everything=everything)
        for code in active
        if code not in {PRICE, STOCK}
    ]
    arms.append(_stock(space, filters, everything=everything))
    union = joined(arms, by=" UNION ALL ")
    return matched + Piece(f", counted (token, products) AS ({union.text})", union.params)


def _own(code: str, space: SpaceRow, filters: Filters, *, everything: bool) -> Piece:
    """A facet that was chosen from: what its other values would give."""
    if active_facets(filters) == [code]:
        return Piece(
            "SELECT c.token_id, c.products FROM discovery_facet_count c"
            " JOIN discovery_token t ON t.id = c.token_id"
            " WHERE c.shelf_id = (SELECT id FROM shelf) AND t.facet = %s AND c.products > 0",
            (code,),
        )
    found = Piece("(SELECT e.tokens") + on_shelf(
        space, filters, without=code, everything=everything
    )
    return own(code, found + Piece(f"{MATCHED_LIMIT})"))


def _stock(space: SpaceRow, filters: Filters, *, everything: bool) -> Piece:
    if not filters.in_stock:
        return in_stock(Piece("matched"))
    found = Piece("(SELECT e.available") + on_shelf(
        space, filters, without=STOCK, everything=everything
    )
    return in_stock(found + Piece(f"{MATCHED_LIMIT})"))


def _span(space: SpaceRow, filters: Filters, *, everything: bool) -> Piece:
    """The lowest and highest price, the price filter left aside."""
    if not filters.has_price:
        return NOTHING
    if active_facets(filters) == [PRICE]:
        return Piece("SELECT") + _kept_span()
    return (
        Piece("SELECT min(m.price_minor), max(m.price_minor) FROM (SELECT e.price_minor")
        + on_shelf(space, filters, without=PRICE, everything=everything)
        + Piece(f"{MATCHED_LIMIT}) m")
    )


def _kept_span() -> Piece:
    ends = (
        "(SELECT price_minor FROM discovery_place WHERE shelf_id = (SELECT id FROM shelf)"
        " ORDER BY price_minor {direction}, product_id {direction} LIMIT 1)"
    )
    return Piece(f"{ends.format(direction='ASC')}, {ends.format(direction='DESC')}")
