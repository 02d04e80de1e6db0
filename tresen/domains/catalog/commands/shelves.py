"""Writing the tree of categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.events import CategoryChanged
from tresen.domains.catalog.rules.codes import parent_of, sound_path
from tresen.domains.catalog.rules.refusals import (
    CategoryUnknown,
    CodeTaken,
    MoveIntoItself,
    SlugTaken,
    TextMissing,
)
from tresen.domains.catalog.rules.words import clean_line, required_line, slug_of, within
from tresen.domains.catalog.types import (
    NAME_LENGTH_MAX,
    SLUG_LENGTH_MAX,
    SUMMARY_LENGTH_MAX,
    CategoryDef,
    CategoryText,
)
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('catalog:shelves'))"
_ADD: Final = (
    "INSERT INTO catalog_category (id, code, parent_path, position, is_visible)"
    " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::integer[], %s::boolean[])"
)
_CHANGE: Final = (
    "UPDATE catalog_category c SET position = n.position, is_visible = n.is_visible"
    " FROM unnest(%s::text[], %s::integer[], %s::boolean[]) AS n(path, position, is_visible)"
    " WHERE c.path = n.path AND (c.position, c.is_visible) <> (n.position, n.is_visible)"
    " RETURNING c.id"
)
_OLD_SLUGS: Final = (
    "INSERT INTO catalog_old_category_slug (locale, slug, category_id)"
    " SELECT t.locale, t.slug, t.category_id"
    " FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS n(id, locale, slug)"
    " JOIN catalog_category_text t ON t.category_id = n.id AND t.locale = n.locale"
    " WHERE t.slug <> n.slug"
    " ON CONFLICT (locale, slug) DO UPDATE SET category_id = excluded.category_id"
)
_TEXTS: Final = (
    "INSERT INTO catalog_category_text AS t (category_id, locale, name, slug, summary)"
    " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])"
    " ON CONFLICT (category_id, locale) DO UPDATE SET name = excluded.name, slug = excluded.slug,"
    " summary = excluded.summary WHERE (t.name, t.slug, t.summary)"
    " IS DISTINCT FROM (excluded.name, excluded.slug, excluded.summary) RETURNING t.category_id"
)


@transaction.atomic
def put_categories(
    categories: Sequence[CategoryDef], *, now: datetime, only_new: bool = False
) -> dict[str, UUID]:
    """Add or change categories, parents with or before their children; gives the ids by path.

    With `only_new` those that are there stay as they are. An empty slug is made from the name,
    an address once given is kept and leads on when it changes. Raises CategoryUnknown (no
    parent), CodeUnsound, TextMissing, SlugTaken. Facts: CategoryChanged for each that differs.
    """
    sql.run(_LOCK)
    by_path = {sound_path(one.path): one for one in categories}
    present = _ids_of([*by_path, *filter(None, map(parent_of, by_path))])
    fresh = sorted(path for path in by_path if path not in present)
    ids = {**present, **{path: new_id() for path in fresh}}
    _refuse_orphans(fresh, ids)
    _add([by_path[path] for path in fresh], ids)
    wanted = fresh if only_new else sorted(by_path)
    changed = {ids[path] for path in fresh}
    if not only_new:
        changed |= _change([by_path[path] for path in wanted])
    changed |= _put_texts({path: by_path[path] for path in wanted}, ids)
    for category_id in sorted(changed):
        announce(CategoryChanged(happened_at=now, category_id=str(category_id)))
    return {path: ids[path] for path in by_path}


@transaction.atomic
def move_category(*, path: str, below: str, now: datetime) -> str:
    """Hang a category with all below it on another one (`below` empty: make it a root).

    Gives the new path; addresses stay. Raises CategoryUnknown, MoveIntoItself, CodeTaken.
    Facts: CategoryChanged for every category moved.
    """
    sql.run(_LOCK)
    if below == path or below.startswith(f"{path}/"):
        raise MoveIntoItself(field="below")
    code = path.rpartition("/")[2]
    target = f"{below}/{code}" if below else code
    known = _ids_of([path, target, *([below] if below else [])])
    for needed in (path, *([below] if below else [])):
        if needed not in known:
            raise CategoryUnknown(field="below", params={"category": needed})
    if target == path:
        return path
    if target in known:
        raise CodeTaken(field="below", params={"value": target})
    sql.run("UPDATE catalog_category SET parent_path = %s WHERE path = %s", (below or None, path))
    moved = sql.rows(
        "SELECT id FROM catalog_category WHERE path = %s OR starts_with(path, %s) ORDER BY path",
        (target, f"{target}/"),
    )
    for row in moved:
        announce(CategoryChanged(happened_at=now, category_id=str(row[0])))
    return target


def _ids_of(paths: Sequence[str]) -> dict[str, UUID]:
    found = sql.rows("SELECT path, id FROM catalog_category WHERE path = ANY(%s)", (list(paths),))
    return dict(cast("list[tuple[str, UUID]]", found))


def _refuse_orphans(fresh: Sequence[str], ids: Mapping[str, UUID]) -> None:
    for path in fresh:
        parent = parent_of(path)
        if parent is not None and parent not in ids:
            raise CategoryUnknown(field="path", params={"category": parent})


def _add(categories: Sequence[CategoryDef], ids: Mapping[str, UUID]) -> None:
    """In the order of paths a parent comes before its children; the key is checked at the end."""
    sql.run(
        _ADD,
        (
            [ids[one.path] for one in categories],
            [one.path.rpartition("/")[2] for one in categories],
            [parent_of(one.path) for one in categories],
            [one.position for one in categories],
            [one.is_visible for one in categories],
        ),
    )


def _change(categories: Sequence[CategoryDef]) -> set[UUID]:
    found = sql.rows(
        _CHANGE,
        (
            [one.path for one in categories],
            [one.position for one in categories],
            [one.is_visible for one in categories],
        ),
    )
    return {row[0] for row in cast("list[tuple[UUID]]", found)}


def _put_texts(categories: Mapping[str, CategoryDef], ids: Mapping[str, UUID]) -> set[UUID]:
    present = _slugs_of([ids[path] for path in categories])
    taken = _slug_owners(categories)
    texts: list[tuple[UUID, str, CategoryText]] = []
    for path, category in categories.items():
        if not category.texts:
            raise TextMissing(field=f"{path}.name")
        for locale, text in sorted(category.texts.items()):
            kept = () if text.slug else (present.get((ids[path], locale), ""),)
            candidates = tuple(filter(None, kept)) or _candidates(text, path)
            slug = _first_free(candidates, locale, ids[path], taken)
            taken[locale, slug] = ids[path]
            texts.append((ids[path], locale, _sound(text, path=path, locale=locale, slug=slug)))
    keys = ([one[0] for one in texts], [one[1] for one in texts])
    slugs = [one[2].slug for one in texts]
    sql.run(_OLD_SLUGS, (*keys, slugs))
    found = sql.rows(
        _TEXTS,
        (*keys, [one[2].name for one in texts], slugs, [one[2].summary for one in texts]),
    )
    return {row[0] for row in cast("list[tuple[UUID]]", found)}


def _sound(text: CategoryText, *, path: str, locale: str, slug: str) -> CategoryText:
    field = f"{path}.{locale}"
    return CategoryText(
        name=required_line(text.name, field=f"{field}.name", length_max=NAME_LENGTH_MAX),
        slug=slug,
        summary=within(
            clean_line(text.summary), field=f"{field}.summary", length_max=SUMMARY_LENGTH_MAX
        ),
    )


def _first_free(
    candidates: Sequence[str],
    locale: str,
    category_id: UUID,
    taken: Mapping[tuple[str, str], UUID],
) -> str:
    for slug in candidates:
        if taken.get((locale, slug), category_id) == category_id:
            return slug
    raise SlugTaken(field=f"slug.{locale}", params={"slug": candidates[-1] if candidates else "–"})


def _candidates(text: CategoryText, path: str) -> tuple[str, ...]:
    """The wished address alone; else made of the name, else of the whole path."""
    if text.slug:
        return (slug_of(text.slug, length_max=SLUG_LENGTH_MAX),)
    made = (slug_of(text.name), slug_of(path, length_max=SLUG_LENGTH_MAX))
    return tuple(dict.fromkeys(slug for slug in made if slug))


def _slugs_of(ids: Sequence[UUID]) -> dict[tuple[UUID, str], str]:
    found = sql.rows(
        "SELECT category_id, locale, slug FROM catalog_category_text"
        " WHERE category_id = ANY(%s::uuid[])",
        (list(ids),),
    )
    return {(row[0], row[1]): row[2] for row in cast("list[tuple[UUID, str, str]]", found)}


def _slug_owners(categories: Mapping[str, CategoryDef]) -> dict[tuple[str, str], UUID]:
    wanted = [
        (locale, slug)
        for path, category in categories.items()
        for locale, text in category.texts.items()
        for slug in _candidates(text, path)
    ]
    found = sql.rows(
        "SELECT t.locale, t.slug, t.category_id FROM unnest(%s::text[], %s::text[])"
        " AS w(locale, slug) JOIN catalog_category_text t"
        " ON t.locale = w.locale AND t.slug = w.slug",
        ([locale for locale, _ in wanted], [slug for _, slug in wanted]),
    )
    return {(row[0], row[1]): row[2] for row in cast("list[tuple[str, str, UUID]]", found)}
