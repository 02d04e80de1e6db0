"""What search and browse keep of products: set-based, for one product or a million in pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypedDict, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import FIRST_PICTURE, picture_view
from tresen.domains.catalog.rules.words import chain_of, in_language, plain_of
from tresen.domains.catalog.types import (
    JsonValue,
    Localized,
    PictureView,
    ProjectedText,
    ProjectedVariant,
    ProjectionRow,
)
from tresen.foundation import sql

PAGE: Final = 1_000

_CORE: Final = (
    "SELECT p.id, p.code, coalesce(b.code, ''), coalesce(b.name, ''), p.tax_category,"  # noqa: S608
    " p.listed_on, p.attributes,"
    " pic.picture_id, pic.widths, pic.width, pic.height, pic.alt,"
    " s.from_at, s.until_at, p.changed_at,"
    " (SELECT jsonb_object_agg(t.locale, jsonb_build_array(t.name, t.sort_name, t.slug,"
    "   t.summary, t.description)) FROM catalog_product_text t WHERE t.product_id = p.id),"
    " (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin,"
    "   'other_gtins', v.other_gtins, 'choices', v.choices, 'is_default', v.is_default,"
    "   'content_amount', v.content_amount::text, 'content_unit', v.content_unit)"
    "   ORDER BY v.position, v.sku) FROM catalog_variant v"
    "   WHERE v.product_id = p.id AND NOT v.is_archived),"
    " ARRAY(SELECT pc.category_id FROM catalog_product_category pc WHERE pc.product_id = p.id"
    "   ORDER BY pc.position)"
    " FROM catalog_product p LEFT JOIN catalog_brand b ON b.id = p.brand_id"
    " JOIN catalog_publication s ON s.product_id = p.id AND s.channel_code = %s"
    f" {FIRST_PICTURE}"
    " WHERE p.id = ANY(%s::uuid[]) AND p.status = 'active'"
)
_SHELVES: Final = (
    "WITH RECURSIVE climb AS (SELECT k.id AS shelf, k.id, k.path, k.parent_path, 0 AS height"
    "   FROM catalog_category k WHERE k.id = ANY(%s::uuid[])"
    "   UNION ALL SELECT climb.shelf, k.id, k.path, k.parent_path, climb.height + 1"
    "   FROM climb JOIN catalog_category k ON k.path = climb.parent_path)"
    " SELECT climb.shelf, climb.id, climb.path, (SELECT jsonb_object_agg(w.locale, w.name)"
    "   FROM catalog_category_text w WHERE w.category_id = climb.id)"
    " FROM climb ORDER BY climb.shelf, climb.height DESC"
)

_Core = tuple[
    UUID,
    str,
    str,
    str,
    str,
    date | None,
    str,
    str | None,
    list[int],
    int,
    int,
    str,
    datetime,
    datetime | None,
    datetime,
    str,
    str | None,
    list[UUID],
]
_Step = tuple[UUID, str, Localized]
"""A shelf on the way from the root: id, path, names."""


class _VariantJson(TypedDict):
    id: str
    sku: str
    gtin: str
    other_gtins: list[str]
    choices: dict[str, str]
    is_default: bool
    content_amount: str | None
    content_unit: str


def projection_rows(
    product_ids: Sequence[UUID], *, channel_code: str, locales: Sequence[str]
) -> list[ProjectionRow]:
    """Three statements for any number of products (hand in at most some thousands).

    A product that is missing in the answer is a draft, archived, or not published there, and is
    to be forgotten. Those published later, or no more, are there with their window.
    """
    found = cast("list[_Core]", sql.rows(_CORE, (channel_code, list(product_ids))))
    wanted = sorted({category_id for row in found for category_id in row[17]})
    ways = _ways(wanted) if wanted else {}
    filterable = _filterable()
    return [_row(row, ways, filterable, locales) for row in found]


def stream_published(
    *, channel_code: str, locales: Sequence[str], page: int = PAGE
) -> Iterator[list[ProjectionRow]]:
    """All that a channel publishes, page by page in the order of ids; memory stays flat."""
    after: UUID | None = None
    while True:
        ids = _published_ids(channel_code, after, page)
        if ids:
            yield projection_rows(ids, channel_code=channel_code, locales=locales)
        if len(ids) < page:
            return
        after = ids[-1]


def _published_ids(channel_code: str, after: UUID | None, limit: int) -> list[UUID]:
    found = sql.rows(
        "SELECT product_id FROM catalog_publication WHERE channel_code = %s"
        " AND product_id > %s ORDER BY product_id LIMIT %s",
        (channel_code, after or UUID(int=0), limit),
    )
    return [row[0] for row in cast("list[tuple[UUID]]", found)]


def _filterable() -> frozenset[str]:
    found = sql.rows("SELECT code FROM catalog_attribute WHERE is_filterable")
    return frozenset(row[0] for row in cast("list[tuple[str]]", found))


def _ways(category_ids: list[UUID]) -> dict[UUID, list[_Step]]:
    """For each shelf the way from the root down to it."""
    ways: dict[UUID, list[_Step]] = {}
    for shelf, category_id, path, names in cast(
        "list[tuple[UUID, UUID, str, str | None]]", sql.rows(_SHELVES, (category_ids,))
    ):
        words: Localized = json.loads(names) if names else {}
        ways.setdefault(shelf, []).append((category_id, path, words))
    return ways


def _row(
    row: _Core,
    ways: Mapping[UUID, list[_Step]],
    filterable: frozenset[str],
    locales: Sequence[str],
) -> ProjectionRow:
    steps = {step[0]: step for shelf in row[17] for step in ways[shelf]}
    alt: Localized = json.loads(row[11]) if row[7] else {}
    values: dict[str, JsonValue] = json.loads(row[6])
    return ProjectionRow(
        product_id=row[0],
        code=row[1],
        brand_code=row[2],
        brand_name=row[3],
        tax_category=row[4],
        listed_on=row[5],
        category_ids=tuple(steps),
        category_paths=tuple(path for _, path, _ in steps.values()),
        attributes=values,
        filterable=filterable.intersection(values),
        picture=_picture(row, alt, locales[0]),
        variants=_variants(row[16]),
        texts=_texts(row[15], locales, list(steps.values()), alt),
        from_at=row[12],
        until_at=row[13],
        changed_at=row[14],
    )


def _picture(row: _Core, alt: Localized, locale: str) -> PictureView | None:
    if row[7] is None:
        return None
    return picture_view(row[7], widths=row[8], width=row[9], height=row[10], alt=alt, locale=locale)


def _variants(text: str | None) -> tuple[ProjectedVariant, ...]:
    found: list[_VariantJson] = json.loads(text) if text else []
    return tuple(
        ProjectedVariant(
            variant_id=UUID(row["id"]),
            sku=row["sku"],
            gtins=tuple(filter(None, (row["gtin"], *row["other_gtins"]))),
            choices=row["choices"],
            is_default=row["is_default"],
            content_amount=Decimal(row["content_amount"]) if row["content_amount"] else None,
            content_unit=row["content_unit"],
        )
        for row in found
    )


def _texts(
    text: str, locales: Sequence[str], steps: list[_Step], alt: Localized
) -> tuple[ProjectedText, ...]:
    words: dict[str, tuple[str, str, str, str, str]] = json.loads(text)
    texts = []
    for locale in locales:
        name, sort_name, slug, summary, description = _best(words, locale)
        texts.append(
            ProjectedText(
                locale=locale,
                name=name,
                sort_name=sort_name,
                slug=slug,
                summary=summary,
                description=plain_of(description),
                category_names=tuple(in_language(n, locale=locale) or "" for _, _, n in steps),
                picture_alt=in_language(alt, locale=locale) or "",
            )
        )
    return tuple(texts)


def _best(
    words: dict[str, tuple[str, str, str, str, str]], locale: str
) -> tuple[str, str, str, str, str]:
    """The first language of the chain that the product speaks."""
    for candidate in chain_of(locale):
        if candidate in words:
            return words[candidate]
    return words[min(words)]
