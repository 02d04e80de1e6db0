"""While somebody types: words, categories and products that begin so, in one statement."""

from __future__ import annotations

from typing import Final, cast

from tresen.domains.discovery.queries.pieces import Piece, here
from tresen.domains.discovery.queries.search import CONFIGURATION_ELSE, CONFIGURATIONS
from tresen.domains.discovery.rules import clipped, words_of
from tresen.domains.discovery.types import (
    SUGGESTIONS_MAX,
    Suggestion,
    SuggestionKind,
    Suggestions,
)
from tresen.foundation import sql

TERMS_MAX: Final = 5
CATEGORIES_MAX: Final = 3
PRODUCTS_LOOKED_AT_MAX: Final = 200
"""Of the products found the first ones are put in order; rows lie about as they sell."""
LETTERS_MIN: Final = 2
_LAST_SIGN: Final = "\U0010ffff"

_TERMS: Final = (
    ", everything AS (SELECT id FROM discovery_token WHERE space_id = (SELECT id FROM here)"  # noqa: S608
    "   AND facet = 'category' AND value = '')"
    ", terms AS (SELECT word, products FROM discovery_word"
    "   WHERE space_id = (SELECT id FROM here) AND word >= %s AND word < %s AND products > 0"
    f"  ORDER BY products DESC, word LIMIT {TERMS_MAX})"
)
_CATEGORIES: Final = (
    "(SELECT 'category', t.label, t.slug, c.products FROM discovery_token t"  # noqa: S608
    " JOIN discovery_facet_count c ON c.token_id = t.id"
    "   AND c.shelf_id = (SELECT id FROM everything) AND c.products > 0"
    " WHERE t.space_id = (SELECT id FROM here) AND t.facet = 'category' AND t.value <> ''"
    "   AND position(%s IN lower(t.label)) > 0"
    " ORDER BY position(%s IN lower(t.label)) > 1, c.products DESC, t.label"
    f" LIMIT {CATEGORIES_MAX})"
)
_PRODUCTS: Final = (
    "(SELECT 'product', title, slug, 0 FROM (SELECT e.title, e.slug, e.rank"  # noqa: S608
    "   FROM discovery_entry e WHERE e.space_id = (SELECT id FROM here)"
    "   AND e.search @@ ((SELECT to_tsquery(%s::regconfig,"
    "       string_agg('''' || word || ''':A', ' | ')) FROM terms)"
    "     && to_tsquery(%s::regconfig, %s))"
    f"  LIMIT {PRODUCTS_LOOKED_AT_MAX}) found"
    " ORDER BY rank, title LIMIT %s::int)"
)


def suggest(*, channel_code: str, locale: str, text: str, limit: int = 5) -> Suggestions:
    """Terms to search for, categories and products; nothing below LETTERS_MIN letters.

    The last word counts as the beginning of one, unless a blank follows it.
    """
    assert 0 < limit <= SUGGESTIONS_MAX
    words = words_of(clipped(text))
    if not words or len(words[-1]) < LETTERS_MIN:
        return Suggestions()
    *before, last = words
    configuration = CONFIGURATIONS.get(locale, CONFIGURATION_ELSE)
    phrase = " ".join(words)
    earlier = " & ".join(f"'{word}'" for word in before)
    products = _PRODUCTS if before else _PRODUCTS.replace("&& to_tsquery(%s::regconfig, %s)", "")
    statement = here(channel_code, locale) + Piece(
        f"{_TERMS} SELECT 'term', word, '', products FROM terms"  # noqa: S608
        f" UNION ALL {_CATEGORIES} UNION ALL {products}",
        (
            last,
            last + _LAST_SIGN,
            phrase,
            phrase,
            configuration,
            *((configuration, earlier) if before else ()),
            limit,
        ),
    )
    found = cast("list[tuple[str, str, str, int]]", sql.rows(statement.text, statement.params))
    rows = [
        Suggestion(kind=SuggestionKind(kind), label=label, slug=slug, count=count)
        for kind, label, slug, count in found
    ]
    return Suggestions(
        terms=tuple(
            Suggestion(kind=row.kind, label=" ".join([*before, row.label]), count=row.count)
            for row in rows
            if row.kind is SuggestionKind.TERM
        ),
        categories=tuple(row for row in rows if row.kind is SuggestionKind.CATEGORY),
        products=tuple(row for row in rows if row.kind is SuggestionKind.PRODUCT),
    )
