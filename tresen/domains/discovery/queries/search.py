"""Search: all words first, then spelling and compounds, then some of the words.

At most three statements: most searches end with the first. Only where it finds fewer than
ENOUGH_HITS are the words looked up in the vocabulary, and the search is asked again with what
that gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final, cast

from tresen.domains.discovery.queries.matching import (
    MATCHED_LIMIT,
    ORDERS,
    active_facets,
    in_search,
)
from tresen.domains.discovery.queries.paging import EMPTY, cursor_of, page_from, page_of_matched
from tresen.domains.discovery.queries.pieces import NOTHING, Piece, here, joined
from tresen.domains.discovery.queries.vocabulary import Spelling, spelling_of
from tresen.domains.discovery.rules import (
    Cursor,
    clipped,
    codes_in,
    query_words,
    sound_limit,
    tsquery_all,
    tsquery_any,
)
from tresen.domains.discovery.types import (
    ENOUGH_HITS,
    FILL_MAX,
    PAGE_SIZE,
    PRICE,
    RANKED_MAX,
    STOCK,
    Filters,
    Page,
    SearchPage,
    Sort,
)
from tresen.foundation import sql

_NO_FILTERS = Filters()
CONFIGURATIONS: Final = {"de": "tresen_de", "en": "tresen_en"}
CONFIGURATION_ELSE: Final = "tresen_simple"

_TEXT_SCORE: Final = "ts_rank_cd('{{0.05,0.2,0.3,1.0}}', e.search, {query}, 1)"
"""Cover density with weights for D to A, divided by the logarithm of the length."""
_SCORE: Final = (
    "least({text} * power(1 + e.demand, 0.3) * CASE WHEN e.available > 0 THEN 1 ELSE 0.3 END, 900)"
)
"""What sells well counts more, what cannot be had less; nothing is hidden."""
_TIER: Final = 1_000
"""A better kind of hit is worth more than any score: numbers, then all words, then some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One search: text queries for all words, for words in their parts, and for any word."""

    channel_code: str
    locale: str
    filters: Filters
    sort: Sort
    cursor: Cursor | None
    limit: int
    codes: list[str] = field(default_factory=list)
    all_words: str = ""
    in_parts: str = ""
    any_word: str = ""

    @property
    def configuration(self) -> str:
        return CONFIGURATIONS.get(self.locale, CONFIGURATION_ELSE)


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
    asked = _Asked(
        channel_code=channel_code,
        locale=locale,
        filters=filters,
        sort=sort,
        cursor=cursor_of(cursor, sort=sort),
        limit=sound_limit(limit),
        codes=codes_in(clipped(text)),
    )
    words = query_words(text)
    if not words:
        return _as_search(EMPTY)
    page = _ask(_with(asked, all_words=tsquery_all(words)))
    if page.total >= ENOUGH_HITS:
        return _as_search(page)
    spelling = spelling_of(
        words,
        channel_code=channel_code,
        locale=locale,
        configuration=asked.configuration,
    )
    return _search_again(asked, words, page, spelling)


def _search_again(asked: _Asked, words: list[str], page: Page, spelling: Spelling) -> SearchPage:
    """With corrected words where the typed ones gave nothing, compounds in parts, any word."""
    corrected = _respelled(words, spelling.sure) if page.total == 0 else words
    known = [word for word in corrected if word not in spelling.unknown]
    wider = _with(
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


def _ask(asked: _Asked) -> Page:
    statement = (
        here(asked.channel_code, asked.locale)
        + _matched(asked)
        + _counted(asked)
        + page_of_matched(asked.sort, asked.cursor, limit=asked.limit, span=_span(asked))
    )
    rows = sql.rows(statement.text, statement.params)
    return page_from(
        rows, sort=asked.sort, cursor=asked.cursor, limit=asked.limit, filters=asked.filters
    )


def _matched(asked: _Asked) -> Piece:
    """`matched`, each product once, from the best kind of hit."""
    arms = _arms(asked, without="")
    union = joined(arms, by=" UNION ALL ")
    key = "score AS key" if asked.sort is Sort.RELEVANCE else "key"
    if len(arms) == 1:
        return Piece(
            f", matched AS MATERIALIZED (SELECT product_id, tokens, price_minor, available, {key}"  # noqa: S608
            f" FROM ({union.text}) found)",
            union.params,
        )
    return Piece(
        ", matched AS MATERIALIZED (SELECT DISTINCT ON (product_id) product_id, tokens,"  # noqa: S608
        f" price_minor, available, {key} FROM ({union.text}) found"
        " ORDER BY product_id, score DESC)",
        union.params,
    )


def _arms(asked: _Asked, *, without: str) -> list[Piece]:
    arms = []
    if asked.codes:
        arms.append(_by_code(asked, without))
    arms.append(_by_text(asked, asked.all_words, tier=3, without=without))
    if asked.in_parts and asked.in_parts != asked.all_words:
        arms.append(_by_text(asked, asked.in_parts, tier=2, without=without))
    if asked.any_word:
        arms.append(_fill(asked, without))
    return arms


def _columns(asked: _Asked, *, score: str) -> str:
    column = ORDERS[asked.sort].column
    key = "0" if asked.sort is Sort.RELEVANCE else f"e.{column}"
    return f"e.product_id, e.tokens, e.price_minor, e.available, {key} AS key, {score} AS score"


def _by_code(asked: _Asked, without: str) -> Piece:
    """Article numbers and GTINs, exactly."""
    return (
        Piece(f"(SELECT {_columns(asked, score=str(4 * _TIER))} FROM discovery_entry e")  # noqa: S608
        + Piece("WHERE e.space_id = (SELECT id FROM here) AND e.product_id = ANY(ARRAY(")
        + Piece(
            "SELECT product_id FROM discovery_variant WHERE codes && %s::varchar[]))",
            (asked.codes,),
        )
        + in_search(asked.filters, without=without)
        + Piece(")")
    )


def _by_text(asked: _Asked, words: str, *, tier: int, without: str) -> Piece:
    """Of very many hits the first RANKED_MAX are ranked: rows lie about as they sell."""
    query = f"to_tsquery('{asked.configuration}', %s)"
    text = _TEXT_SCORE.format(query=query)
    score = f"{tier * _TIER} + " + _SCORE.format(text=text)
    ranked = f"CASE WHEN row_number() OVER () <= {RANKED_MAX} THEN {score} ELSE {tier * _TIER} END"
    return (
        Piece(f"(SELECT {_columns(asked, score=ranked)} FROM discovery_entry e", (words,))  # noqa: S608
        + Piece(f"WHERE e.space_id = (SELECT id FROM here) AND e.search @@ {query}", (words,))  # noqa: S608
        + in_search(asked.filters, without=without)
        + Piece(f"{MATCHED_LIMIT})")
    )


def _fill(asked: _Asked, without: str) -> Piece:
    """Products with some of the words, the best FILL_MAX of them."""
    query = f"to_tsquery('{asked.configuration}', %s)"
    score = f"{_TIER} + " + _SCORE.format(text=_TEXT_SCORE.format(query=query))
    return (
        Piece(f"(SELECT * FROM (SELECT {_columns(asked, score=score)}", (asked.any_word,))  # noqa: S608
        + Piece("FROM discovery_entry e WHERE e.space_id = (SELECT id FROM here)")
        + Piece(f"AND e.search @@ {query}", (asked.any_word,))
        + in_search(asked.filters, without=without)
        + Piece(f"{MATCHED_LIMIT}) partly ORDER BY score DESC, product_id LIMIT {FILL_MAX})")
    )


def _counted(asked: _Asked) -> Piece:
    """Each facet over what all the other filters leave of the hits."""
    active = active_facets(asked.filters)
    arms = [
        Piece(
            "SELECT x.token, x.products FROM (SELECT token, count(*)::int AS products"
            " FROM matched, unnest(matched.tokens) token GROUP BY token) x"
            " JOIN discovery_token t ON t.id = x.token WHERE t.facet <> ALL(%s::text[])",
            (active,),
        )
    ]
    arms += [_own(code, asked) for code in active if code not in {PRICE, STOCK}]
    arms.append(_stock(asked))
    union = joined(arms, by=" UNION ALL ")
    return Piece(f", counted (token, products) AS ({union.text})", union.params)


def _own(code: str, asked: _Asked) -> Piece:
    return (
        Piece("SELECT x.token, x.products FROM (SELECT token, count(*)::int AS products FROM")
        + _hits(asked, "e.tokens", without=code)
        + Piece("m, unnest(m.tokens) token GROUP BY token) x")
        + Piece("JOIN discovery_token t ON t.id = x.token WHERE t.facet = %s", (code,))
    )


def _stock(asked: _Asked) -> Piece:
    hits = Piece("matched")
    if STOCK in active_facets(asked.filters):
        hits = _hits(asked, "e.available", without=STOCK)
    return (
        Piece("SELECT t.id, s.products FROM (SELECT count(*)::int AS products FROM")
        + hits
        + Piece("m WHERE m.available > 0) s JOIN discovery_token t")
        + Piece("ON t.space_id = (SELECT id FROM here) AND t.facet = 'stock'")
    )


def _span(asked: _Asked) -> Piece:
    if not asked.filters.has_price:
        return NOTHING
    hits = _hits(asked, "e.price_minor", without=PRICE)
    return Piece("SELECT min(m.price_minor), max(m.price_minor) FROM") + hits + Piece("m")


def _hits(asked: _Asked, column: str, *, without: str) -> Piece:
    """All hits without one of the filters, unranked; any word counts if any word was sought."""
    query = asked.any_word or asked.in_parts or asked.all_words
    return (
        Piece(f"(SELECT {column} FROM discovery_entry e WHERE e.space_id = (SELECT id FROM here)")  # noqa: S608
        + Piece(f"AND e.search @@ to_tsquery('{asked.configuration}', %s)", (query,))
        + in_search(asked.filters, without=without)
        + Piece(f"{MATCHED_LIMIT})")
    )


def _with(asked: _Asked, **changes: str) -> _Asked:
    known = {f.name: getattr(asked, f.name) for f in fields(asked)}
    return _Asked(**{**known, **changes})


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
