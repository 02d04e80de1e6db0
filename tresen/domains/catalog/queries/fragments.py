"""Pieces of SQL that several reads share, and how their JSON becomes rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypedDict
from uuid import UUID

from tresen.domains.catalog.rules.pictures import url_of
from tresen.domains.catalog.rules.words import label_of
from tresen.domains.catalog.types import (
    AttributeDef,
    AttributeKind,
    CategoryRow,
    Choice,
    Localized,
    PictureView,
)

SHOWN_NOW: Final = (
    "s.from_at <= coalesce(%s::timestamptz, now())"
    " AND (s.until_at IS NULL OR s.until_at > coalesce(%s::timestamptz, now()))"
)
"""Of a publication `s`; the moment is given twice, NULL means the transaction's beginning."""

BEST_TEXT: Final = (
    "JOIN LATERAL (SELECT t.* FROM catalog_product_text t WHERE t.product_id = p.id"
    " ORDER BY array_position(%s::text[], t.locale::text) NULLS LAST, t.locale LIMIT 1) t ON true"
)
"""The words of a product `p` in the first language of the chain that it speaks."""

FIRST_PICTURE: Final = (
    "LEFT JOIN LATERAL (SELECT pp.picture_id, pp.alt, k.widths, k.width, k.height"
    " FROM catalog_product_picture pp JOIN catalog_picture k ON k.hash = pp.picture_id"
    " WHERE pp.product_id = p.id AND pp.variant_id IS NULL"
    " ORDER BY pp.position, pp.id LIMIT 1) pic ON true"
)
"""The first picture that stands for the whole product `p`."""

CATEGORY_JSON: Final = (
    "jsonb_build_object('id', c.id, 'path', c.path, 'position', c.position,"
    " 'is_visible', c.is_visible, 'name', w.name, 'slug', w.slug, 'summary', w.summary)"
)
BEST_CATEGORY_TEXT: Final = (
    "JOIN LATERAL (SELECT w.* FROM catalog_category_text w WHERE w.category_id = c.id"
    " ORDER BY array_position(%s::text[], w.locale::text) NULLS LAST, w.locale LIMIT 1) w ON true"
)


class CategoryJson(TypedDict):
    """As CATEGORY_JSON gives it."""

    id: str
    path: str
    position: int
    is_visible: bool
    name: str
    slug: str
    summary: str


class ChoiceJson(TypedDict):
    """As attributes keep their choices."""

    code: str
    labels: Localized
    swatch: str


def picture_view(
    picture: str,
    *,
    widths: Sequence[int],
    width: int,
    height: int,
    alt: Localized,
    locale: str,
    variant_id: UUID | None = None,
) -> PictureView:
    return PictureView(
        picture=picture,
        width=width,
        height=height,
        alt=label_of(alt, locale=locale),
        urls={wide: url_of(picture, width=wide) for wide in widths},
        variant_id=variant_id,
    )


def category_row(found: CategoryJson) -> CategoryRow:
    return CategoryRow(
        id=UUID(found["id"]),
        path=found["path"],
        name=found["name"],
        slug=found["slug"],
        summary=found["summary"],
        position=found["position"],
        is_visible=found["is_visible"],
    )


def labels_of(text: str) -> dict[str, str]:
    """Words by locale from their JSON text."""
    words: Mapping[str, str] = json.loads(text)
    return dict(words)


def choices_of(text: str) -> tuple[Choice, ...]:
    found: list[ChoiceJson] = json.loads(text)
    return tuple(
        Choice(code=row["code"], labels=row["labels"], swatch=row["swatch"]) for row in found
    )


def attribute_def(row: tuple[str, str, str, str, bool, str, int]) -> AttributeDef:
    """From code, kind, labels, unit, is_filterable, choices, position."""
    code, kind, labels, unit, is_filterable, choices, position = row
    return AttributeDef(
        code=code,
        kind=AttributeKind(kind),
        labels=labels_of(labels),
        unit=unit,
        is_filterable=is_filterable,
        choices=choices_of(choices) if choices != "[]" else (),
        position=position,
    )
