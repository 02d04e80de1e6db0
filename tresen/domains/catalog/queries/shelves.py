"""The tree of categories, and one category by its address."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Final, cast

from tresen.domains.catalog.queries.fragments import (
    BEST_CATEGORY_TEXT,
    CATEGORY_JSON,
    CategoryJson,
    category_row,
    labels_of,
)
from tresen.domains.catalog.rules.codes import parent_of
from tresen.domains.catalog.rules.words import chain_of
from tresen.domains.catalog.types import (
    CategoryDef,
    CategoryNode,
    CategoryPage,
    CategoryRow,
    CategoryText,
)
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

CATEGORIES_TOTAL_MAX: Final = 50_000

_CATEGORIES: Final = f"SELECT {CATEGORY_JSON} FROM catalog_category c {BEST_CATEGORY_TEXT}"  # noqa: S608
_DEFS: Final = (
    "SELECT c.path, c.position, c.is_visible, jsonb_object_agg(w.locale,"
    " jsonb_build_array(w.name, w.slug, w.summary)) FROM catalog_category c"
    " JOIN catalog_category_text w ON w.category_id = c.id"
    " GROUP BY c.id ORDER BY c.path LIMIT %s"
)
_PAGE: Final = (
    "WITH asked AS (SELECT m.id, m.path, ARRAY(SELECT array_to_string("  # noqa: S608
    "     (string_to_array(m.path, '/'))[1:depth], '/')"
    "     FROM generate_series(1, cardinality(string_to_array(m.path, '/'))) depth) AS way"
    "   FROM catalog_category m WHERE m.id = ("
    "     SELECT category_id FROM (SELECT category_id, 0 AS rank FROM catalog_category_text"
    "     WHERE locale = %s AND slug = %s"
    "     UNION ALL SELECT category_id, 1 FROM catalog_old_category_slug"
    "     WHERE locale = %s AND slug = %s"
    "     UNION ALL SELECT category_id, 2 FROM catalog_category_text"
    "     WHERE locale = ANY(%s) AND slug = %s) found ORDER BY rank LIMIT 1))"
    f" SELECT {CATEGORY_JSON}, (SELECT jsonb_object_agg(locale, slug)"
    "   FROM catalog_category_text WHERE category_id = asked.id AND c.id = asked.id)"
    " FROM asked JOIN catalog_category c ON c.path = ANY(asked.way) OR c.parent_path = asked.path"
    f" {BEST_CATEGORY_TEXT} ORDER BY length(c.path), c.position, w.name"
)


class NoSuchCategory(Refusal):
    """No category has, or had, this address."""

    code = "no_such_category"
    status = 404
    message = "There is no such category.\nPlease look for it from the start page."


def list_categories(*, locale: str) -> list[CategoryRow]:
    """All of them in the order of their paths."""
    found = sql.rows(
        f"{_CATEGORIES} ORDER BY c.path LIMIT %s",
        (list(chain_of(locale)), CATEGORIES_TOTAL_MAX),
    )
    rows: list[CategoryJson] = [json.loads(row[0]) for row in cast("list[tuple[str]]", found)]
    return [category_row(row) for row in rows]


def category_tree(*, locale: str, only_visible: bool = False) -> tuple[CategoryNode, ...]:
    """The roots with all below them, by position and then by name. One statement.

    `only_visible` leaves out hidden shelves and everything below them.
    """
    below: defaultdict[str | None, list[CategoryRow]] = defaultdict(list)
    for row in list_categories(locale=locale):
        if row.is_visible or not only_visible:
            below[parent_of(row.path)].append(row)
    return _grow(None, below)


def get_category(slug: str, *, locale: str) -> CategoryPage:
    """The category with its way from the root and the shelves right below it.

    Raises NoSuchCategory. If `category.slug` is not what was asked for, the address has moved.
    """
    chain = list(chain_of(locale))
    found = sql.rows(_PAGE, (locale, slug, locale, slug, chain, slug, chain))
    if not found:
        raise NoSuchCategory(field="slug")
    return _page(cast("list[tuple[str, str | None]]", found))


def list_category_defs() -> list[CategoryDef]:
    """All categories in all languages, parents before children, for export and editing."""
    found = cast("list[tuple[str, int, bool, str]]", sql.rows(_DEFS, (CATEGORIES_TOTAL_MAX,)))
    return [
        CategoryDef(path=path, texts=_texts(texts), position=position, is_visible=is_visible)
        for path, position, is_visible, texts in found
    ]


def _texts(text: str) -> dict[str, CategoryText]:
    words: dict[str, tuple[str, str, str]] = json.loads(text)
    return {
        locale: CategoryText(name=name, slug=slug, summary=summary)
        for locale, (name, slug, summary) in sorted(words.items())
    }


def _grow(
    parent: str | None, below: dict[str | None, list[CategoryRow]]
) -> tuple[CategoryNode, ...]:
    rows = sorted(below.get(parent, ()), key=lambda row: (row.position, row.name))
    return tuple(CategoryNode(category=row, children=_grow(row.path, below)) for row in rows)


def _page(found: list[tuple[str, str | None]]) -> CategoryPage:
    rows = [category_row(json.loads(row)) for row, _ in found]
    at = next(place for place, (_, slugs) in enumerate(found) if slugs)
    mine, slugs = rows[at], found[at][1]
    return CategoryPage(
        category=mine,
        trail=tuple(row for row in rows if mine.path.startswith(f"{row.path}/")),
        children=tuple(row for row in rows if parent_of(row.path) == mine.path),
        slugs=labels_of(slugs or "{}"),
    )
