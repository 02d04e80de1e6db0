"""Search: all words first, then spelling and compounds, then some of the words.

At most three statements: most searches end with the first. Only where it finds fewer than
ENOUGH_HITS are the words looked up in the vocabulary, and the search is asked again with what
that gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import cast

from tresen.domains.discovery.queries.hits import (
    Asked,
    counted_hits,
    matched_hits,
    span_of_hits,
    words_of_search,
)
from tresen.domains.discovery.queries.matching import ORDERS, along_shelf, shelf
from tresen.domains.discovery.queries.paging import (
    EMPTY,
    after,
    cursor_of,
    entries_in,
    in_order,
    page_from,
    page_of_matched,
    page_with,
)
from tresen.domains.discovery.queries.pieces import Piece, here
from tresen.domains.discovery.queries.rows import COLUMNS
from tresen.domains.discovery.queries.spaces import find_space
from tresen.domains.discovery.queries.vocabulary import Spelling, spelling_of
from tresen.domains.discovery.rules import (
    clipped,
    codes_in,
    configuration_of,
    query_words,
    sound_limit,
    tsquery_all,
    tsquery_any,
)
from tresen.domains.discovery.types import (
    ENOUGH_HITS,
    HITS_MAX,
    PAGE_SIZE,
    Filters,
    Page,
    SearchPage,
    Sort,
)
from tresen.foundation import sql

_NO_FILTERS = Filters()


def search(
    *,
    channel_code: str,
    locale: str,
    text: str,
    filters: Filters = _NO_FILTERS,
    sort: Sort = Sort.RELEVANCE,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> SearchPage:
    """A page of what the words find. Raises BadCursor, BadLimit.

    Of long texts the first QUERY_LENGTH_MAX signs and QUERY_WORDS_MAX words are read. Where no
    word is left, the page is empty.
    """
    words, limit, place = query_words(text), sound_limit(limit), cursor_of(cursor, sort=sort)
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None or not words:
        return _as_search(EMPTY)
    asked = Asked(
        space=space,
        filters=filters,
        sort=sort,
        cursor=place,
        limit=limit,
        codes=tuple(codes_in(clipped(text))),
        all_words=tsquery_all(words),
    )
    page = _ask(asked)
    if page.total >= ENOUGH_HITS:
        return _as_search(page)
    spelling = spelling_of(words, space=space, configuration=configuration_of(locale))
    return _search_again(asked, words, page, spelling)


def _search_again(asked: Asked, words: list[str], page: Page, spelling: Spelling) -> SearchPage:
    """With corrected words where the typed ones gave nothing, compounds in parts, any word."""
    corrected = _respelled(words, spelling.sure) if page.total == 0 else words
    known = [word for word in corrected if word not in spelling.unknown]
    wider = replace(
        asked,
        all_words=tsquery_all(corrected),
        in_parts=tsquery_all(corrected, parts=spelling.parts),
        any_word=tsquery_any(known) if len(corrected) > 1 else "",
    )
    again = _ask(wider)
    likely = _respelled(words, spelling.likely)
    return _as_search(
        again,
        corrected=" ".join(corrected) if corrected != words and again.total else "",
        did_you_mean=" ".join(likely) if likely not in (words, corrected) else "",
        some_words_only=again.total > page.total and bool(wider.any_word),
    )


def _respelled(words: Sequence[str], better: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(better.get(word, word) for word in words))


def _ask(asked: Asked) -> Page:
    statement = (
        here(asked.space)
        + words_of_search(asked)
        + matched_hits(asked)
        + counted_hits(asked)
        + page_of_matched(asked.sort, asked.cursor, limit=asked.limit, span=span_of_hits(asked))
    )
    rows = sql.rows(statement.text, statement.params)
    page = page_from(
        rows,
        sort=asked.sort,
        cursor=asked.cursor,
        limit=asked.limit,
        filters=asked.filters,
        total_max=HITS_MAX,
    )
    if page.total_is_exact or asked.sort is Sort.RELEVANCE:
        return page
    return _in_order(asked, page)


def _in_order(asked: Asked, page: Page) -> Page:
    """Very many hits in another order: along that order's own index, so that the first is first."""
    key = f"p.{ORDERS[asked.sort].column}"
    statement = (
        here(asked.space)
        + words_of_search(asked)
        + shelf(None)
        + Piece(f"SELECT {COLUMNS}, {key}")
        + along_shelf(asked.filters)
        + Piece("AND e.search @@ (SELECT all_words FROM words) AND")
        + after(asked.cursor, key=key, product_id="p.product_id")
        + in_order(asked.sort, asked.cursor, limit=asked.limit, key=key, product_id="p.product_id")
    )
    rows = sql.rows(statement.text, statement.params)
    found = entries_in(rows, currency=asked.space.currency)
    walked = page_with(found, sort=asked.sort, cursor=asked.cursor, limit=asked.limit)
    return replace(
        page,
        entries=walked.entries,
        next_cursor=walked.next_cursor,
        prev_cursor=walked.prev_cursor,
    )


def _as_search(
    page: Page, *, corrected: str = "", did_you_mean: str = "", some_words_only: bool = False
) -> SearchPage:
    known: Mapping[str, object] = {f.name: getattr(page, f.name) for f in fields(page)}
    return SearchPage(
        **cast("dict[str, object]", known),  # type: ignore[arg-type]
        corrected=corrected,
        did_you_mean=did_you_mean,
        some_words_only=some_words_only,
    )
