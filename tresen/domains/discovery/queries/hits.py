"""The hits of a search as pieces of SQL: matched, ranked, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tresen.domains.discovery.queries.facets import in_stock, others, own
from tresen.domains.discovery.queries.matching import ORDERS, active_facets, in_search
from tresen.domains.discovery.queries.pieces import NOTHING, Piece, in_slot, joined
from tresen.domains.discovery.rules import Cursor, configuration_of
from tresen.domains.discovery.types import FILL_MAX, HITS_MAX, PRICE, STOCK, Filters, Sort, SpaceRow

_TIER: Final = 1_000
"""A better kind of hit is worth more than any score: numbers, then all words, then some."""
_SCORE: Final = (
    "{tier} + least(ts_rank_cd('{{0.05,0.2,0.3,1.0}}', e.search, (SELECT {words} FROM words), 1)"
    " * power(1 + e.demand, 0.3) * CASE WHEN e.available > 0 THEN 1 ELSE 0.3 END, 900)"
)
"""Cover density with weights for D to A, divided by the logarithm of the length. What sells well
counts more, what cannot be had less; nothing is hidden."""
_LIMIT: Final = f"LIMIT {HITS_MAX + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One search: text queries for all words, for words in their parts, and for any word."""

    space: SpaceRow
    filters: Filters
    sort: Sort
    cursor: Cursor | None
    limit: int
    codes: tuple[str, ...] = ()
    all_words: str = ""
    in_parts: str = ""
    any_word: str = ""


def words_of_search(asked: Asked) -> Piece:
    """`words`: read into queries once, so that the plan need not depend on them."""
    configuration = configuration_of(asked.space.locale)
    return Piece(
        ", words AS MATERIALIZED (SELECT to_tsquery(%s::regconfig, %s) AS all_words,"
        " to_tsquery(%s::regconfig, %s) AS in_parts, to_tsquery(%s::regconfig, %s) AS any_word)",
        (
            configuration,
            asked.all_words,
            configuration,
            asked.in_parts,
            configuration,
            asked.any_word,
        ),
    )


def matched_hits(asked: Asked) -> Piece:
    """`matched`, each product once, from the best kind of hit."""
    arms = list(_arms(asked))
    union = joined(arms, by=" UNION ALL ")
    key = "score AS key" if asked.sort is Sort.RELEVANCE else "key"
    once, ordered = "", ""
    if len(arms) > 1:
        once, ordered = "DISTINCT ON (product_id)", " ORDER BY product_id, score DESC"
    return Piece(
        f", matched AS MATERIALIZED (SELECT {once} product_id, tokens, price_minor, available,"  # noqa: S608
        f" {key} FROM ({union.text}) found{ordered})",
        union.params,
    )


def counted_hits(asked: Asked) -> Piece:
    """`counted`: each facet over what all the other filters leave of the hits."""
    active = active_facets(asked.filters)
    arms = [others(active)]
    arms += [
        own(code, _hits(asked, "e.tokens", without=code))
        for code in active
        if code not in {PRICE, STOCK}
    ]
    unstocked = _hits(asked, "e.available", without=STOCK) if STOCK in active else Piece("matched")
    arms.append(in_stock(unstocked))
    union = joined(arms, by=" UNION ALL ")
    return Piece(f", counted (token, products) AS ({union.text})", union.params)


def span_of_hits(asked: Asked) -> Piece:
    """The lowest and highest price, the price filter left aside."""
    if not asked.filters.has_price:
        return NOTHING
    hits = _hits(asked, "e.price_minor", without=PRICE)
    return Piece("SELECT min(m.price_minor), max(m.price_minor) FROM") + hits + Piece("m")


def _arms(asked: Asked) -> Iterator[Piece]:
    if asked.codes:
        yield _by_code(asked)
    yield _by_text(asked, "all_words", tier=3)
    if asked.in_parts and asked.in_parts != asked.all_words:
        yield _by_text(asked, "in_parts", tier=2)
    if asked.any_word:
        yield (
            Piece("(SELECT * FROM")
            + _by_text(asked, "any_word", tier=1)
            + Piece(f"partly ORDER BY score DESC, product_id LIMIT {FILL_MAX})")
        )


def _by_code(asked: Asked) -> Piece:
    """Article numbers and GTINs, exactly."""
    return (
        Piece(f"(SELECT {_columns(asked, score=str(4 * _TIER))} {_from(asked)}")
        + Piece("AND e.product_id = ANY(ARRAY(SELECT product_id FROM discovery_variant")
        + Piece("WHERE codes && %s::varchar[]))", (list(asked.codes),))
        + in_search(asked.filters)
        + Piece(")")
    )


def _by_text(asked: Asked, words: str, *, tier: int) -> Piece:
    """Of very many hits the first HITS_MAX are taken: rows lie about as they sell."""
    score = _SCORE.format(tier=tier * _TIER, words=words)
    return (
        Piece(f"(SELECT {_columns(asked, score=score)} {_from(asked)}")
        + Piece(f"AND e.search @@ (SELECT {words} FROM words)")  # noqa: S608
        + in_search(asked.filters)
        + Piece(f"{_LIMIT})")
    )


def _columns(asked: Asked, *, score: str) -> str:
    column = ORDERS[asked.sort].column
    key = "0" if asked.sort is Sort.RELEVANCE else f"e.{column}"
    return f"e.product_id, e.tokens, e.price_minor, e.available, {key} AS key, {score} AS score"


def _hits(asked: Asked, column: str, *, without: str) -> Piece:
    """All hits without one of the filters, unranked; any word counts if any word was sought."""
    words = "any_word" if asked.any_word else "in_parts" if asked.in_parts else "all_words"
    return (
        Piece(f"(SELECT {column} {_from(asked)} AND e.search @@ (SELECT {words} FROM words)")  # noqa: S608
        + in_search(asked.filters, without=without)
        + Piece(f"{_LIMIT})")
    )


def _from(asked: Asked) -> str:
    return f"FROM discovery_entry e WHERE {in_slot(asked.space).text}"
