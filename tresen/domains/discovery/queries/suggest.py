"""While somebody types: words, categories and products that begin so, in one statement."""

from __future__ import annotations

from typing import Final, cast

from tresen.domains.discovery.queries.pieces import Piece, here, in_slot
from tresen.domains.discovery.queries.spaces import find_space
from tresen.domains.discovery.rules import clipped, configuration_of, name_key, words_of
from tresen.domains.discovery.types import (
    SUGGESTIONS_MAX,
    Suggestion,
    SuggestionKind,
    Suggestions,
)
from tresen.foundation import sql

TERMS_MAX: Final = 5
CATEGORIES_MAX: Final = 3
PRODUCTS_LOOKED_AT_MAX: Final = 50
"""Of the products found the first ones are put in order; rows lie about as they sell."""
FREQUENT: Final = 5_000
"""A word in more titles than that leads nowhere in particular; names that begin with it do."""
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
_NAMED_SO: Final = (
    "(SELECT 'named', e.title, e.slug, 0 FROM (SELECT product_id FROM discovery_place"  # noqa: S608
    "   WHERE shelf_id = (SELECT id FROM everything) AND name_key >= %s AND name_key < %s"
    f"  ORDER BY name_key, product_id LIMIT {PRODUCTS_LOOKED_AT_MAX}) p"
    " JOIN discovery_entry e ON e.space_id = (SELECT id FROM here)"
    "   AND e.product_id = p.product_id ORDER BY e.rank, e.title LIMIT %s::int)"
)
_WITH_WORD: Final = (
    "(SELECT 'with', title, slug, 0 FROM (SELECT e.title, e.slug, e.rank"  # noqa: S608
    "   FROM discovery_entry e WHERE <slot>"
    "   AND e.search @@ ((SELECT to_tsquery(%s::regconfig,"
    "       string_agg('''' || word || ''':A', ' | ')) FROM terms"
    f"      WHERE products <= {FREQUENT})<earlier>)"
    f"  LIMIT {PRODUCTS_LOOKED_AT_MAX}) found"
    " ORDER BY rank, title LIMIT %s::int)"
)
_EARLIER: Final = " && to_tsquery(%s::regconfig, %s)"
_Found = tuple[str, str, str, int]
"""Kind, label, address, number of products."""


def suggest(*, channel_code: str, locale: str, text: str, limit: int = 5) -> Suggestions:
    """Terms to search for, categories and products; nothing below LETTERS_MIN letters.

    The last word counts as the beginning of one. Products whose name begins with the whole text
    come first, then those that have such a word in their title.
    """
    assert 0 < limit <= SUGGESTIONS_MAX
    words = words_of(clipped(text))
    space = find_space(channel_code=channel_code, locale=locale)
    if space is None or not words or len(words[-1]) < LETTERS_MIN:
        return Suggestions()
    *before, last = words
    configuration = configuration_of(locale)
    phrase = " ".join(words)
    name, earlier = name_key(phrase), " & ".join(f"'{word}'" for word in before)
    with_word = _WITH_WORD.replace("<slot>", in_slot(space).text)
    with_word = with_word.replace("<earlier>", _EARLIER if before else "")
    statement = here(space) + Piece(
        f"{_TERMS} SELECT 'term', word, '', products FROM terms"  # noqa: S608
        f" UNION ALL {_CATEGORIES} UNION ALL {_NAMED_SO} UNION ALL {with_word}",
        (last, last + _LAST_SIGN, phrase, phrase, name, name + _LAST_SIGN, limit, configuration)
        + ((configuration, earlier) if before else ())
        + (limit,),
    )
    found = cast("list[_Found]", sql.rows(statement.text, statement.params))
    return _suggestions(found, before=before, limit=limit)


def _suggestions(found: list[_Found], *, before: list[str], limit: int) -> Suggestions:
    products = {
        slug: Suggestion(kind=SuggestionKind.PRODUCT, label=label, slug=slug)
        for kind, label, slug, _ in found
        if kind in {"named", "with"}
    }
    return Suggestions(
        terms=tuple(
            Suggestion(kind=SuggestionKind.TERM, label=" ".join([*before, word]), count=count)
            for kind, word, _, count in found
            if kind == "term"
        ),
        categories=tuple(
            Suggestion(kind=SuggestionKind.CATEGORY, label=label, slug=slug, count=count)
            for kind, label, slug, count in found
            if kind == "category"
        ),
        products=tuple(products.values())[:limit],
    )
