"""Whole products as they were handed in: for export, and for editing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypedDict, cast
from uuid import UUID

from tresen.domains.catalog.queries.pages import NoSuchProduct
from tresen.domains.catalog.types import (
    ContentUnit,
    JsonValue,
    MediaDraft,
    ProductDraft,
    ProductEditRow,
    ProductStatus,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.foundation import sql

PAGE_MAX: Final = 2_000

_DRAFTS: Final = (
    "SELECT p.id, p.code, coalesce(b.code, ''), p.status, p.tax_category, p.listed_on, p.options,"
    " p.attributes,"
    " (SELECT jsonb_object_agg(t.locale, jsonb_build_array(t.name, t.slug, t.summary,"
    "   t.description, t.meta_title, t.meta_description)) FROM catalog_product_text t"
    "   WHERE t.product_id = p.id),"
    " (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin,"
    "   'other_gtins', v.other_gtins, 'choices', v.choices, 'position', v.position,"
    "   'is_default', v.is_default, 'is_archived', v.is_archived, 'weight_g', v.weight_g,"
    "   'length_mm', v.length_mm, 'width_mm', v.width_mm, 'height_mm', v.height_mm,"
    "   'origin_country', v.origin_country, 'tariff_code', v.tariff_code,"
    "   'content_amount', v.content_amount::text, 'content_unit', v.content_unit,"
    "   'max_per_order', v.max_per_order) ORDER BY v.position, v.sku)"
    "   FROM catalog_variant v WHERE v.product_id = p.id),"
    " ARRAY(SELECT c.path FROM catalog_product_category pc"
    "   JOIN catalog_category c ON c.id = pc.category_id WHERE pc.product_id = p.id"
    "   ORDER BY pc.position),"
    " (SELECT jsonb_agg(jsonb_build_array(pp.picture_id, pp.alt, pp.position,"
    "   coalesce(v.sku, '')) ORDER BY pp.position, pp.picture_id, v.sku)"
    "   FROM catalog_product_picture pp LEFT JOIN catalog_variant v ON v.id = pp.variant_id"
    "   WHERE pp.product_id = p.id),"
    " (SELECT jsonb_object_agg(s.channel_code, jsonb_build_array(s.from_at, s.until_at))"
    "   FROM catalog_publication s WHERE s.product_id = p.id),"
    " (SELECT jsonb_agg(jsonb_build_array(o.locale, o.slug) ORDER BY o.locale, o.slug)"
    "   FROM catalog_old_slug o WHERE o.product_id = p.id),"
    " p.revision, p.changed_at, p.changed_by"
    " FROM catalog_product p LEFT JOIN catalog_brand b ON b.id = p.brand_id"
)
_Row = tuple[
    UUID,
    str,
    str,
    str,
    str,
    date | None,
    list[str],
    str,
    str | None,
    str | None,
    list[str],
    str | None,
    str | None,
    str | None,
    int,
    datetime,
    str,
]


class _VariantJson(TypedDict):
    id: str
    sku: str
    gtin: str
    other_gtins: list[str]
    choices: dict[str, str]
    position: int
    is_default: bool
    is_archived: bool
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    origin_country: str
    tariff_code: str
    content_amount: str | None
    content_unit: str
    max_per_order: int


def get_draft(product_id: UUID) -> tuple[ProductEditRow, ProductDraft]:
    """One product with all its languages and variants. Raises NoSuchProduct."""
    found = sql.rows(f"{_DRAFTS} WHERE p.id = %s", (product_id,))
    if not found:
        raise NoSuchProduct(field="product_id")
    row = cast("_Row", found[0])
    edit = ProductEditRow(
        product_id=row[0],
        revision=row[14],
        changed_at=row[15],
        changed_by=row[16],
        code=row[1],
        status=ProductStatus(row[3]),
        variant_ids=_variant_ids(row[9]),
    )
    return edit, _draft(row)


def list_drafts(
    *, after_code: str = "", limit: int = 1_000
) -> list[tuple[ProductDraft, Mapping[str, UUID]]]:
    """Whole products with their variants' ids by SKU, in the order of their codes."""
    found = sql.rows(
        f"{_DRAFTS} WHERE p.code > %s ORDER BY p.code LIMIT %s",
        (after_code, min(limit, PAGE_MAX)),
    )
    return [(_draft(row), _variant_ids(row[9])) for row in cast("list[_Row]", found)]


def _draft(row: _Row) -> ProductDraft:
    return ProductDraft(
        code=row[1],
        texts=_texts(row[8]),
        variants=_variants(row[9]),
        brand=row[2],
        status=ProductStatus(row[3]),
        tax_category=row[4],
        listed_on=row[5],
        options=tuple(row[6]),
        categories=tuple(row[10]),
        attributes=_values(row[7]),
        media=_media(row[11]),
        channels=_channels(row[12]),
        old_slugs=_old_slugs(row[13]),
    )


def _values(text: str) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = json.loads(text)
    return dict(sorted(values.items()))


def _texts(text: str | None) -> dict[str, TextDraft]:
    words: dict[str, tuple[str, str, str, str, str, str]] = json.loads(text) if text else {}
    return {
        locale: TextDraft(
            name=name,
            slug=slug,
            summary=summary,
            description=description,
            meta_title=meta_title,
            meta_description=meta_description,
        )
        for locale, (name, slug, summary, description, meta_title, meta_description) in sorted(
            words.items()
        )
    }


def _variant_ids(text: str | None) -> dict[str, UUID]:
    found: list[_VariantJson] = json.loads(text) if text else []
    return {row["sku"]: UUID(row["id"]) for row in found}


def _variants(text: str | None) -> tuple[VariantDraft, ...]:
    found: list[_VariantJson] = json.loads(text) if text else []
    return tuple(
        VariantDraft(
            sku=row["sku"],
            gtin=row["gtin"],
            other_gtins=tuple(row["other_gtins"]),
            choices=dict(sorted(row["choices"].items())),
            position=row["position"],
            is_default=row["is_default"],
            is_archived=row["is_archived"],
            weight_g=row["weight_g"],
            length_mm=row["length_mm"],
            width_mm=row["width_mm"],
            height_mm=row["height_mm"],
            origin_country=row["origin_country"],
            tariff_code=row["tariff_code"],
            content_amount=Decimal(row["content_amount"]) if row["content_amount"] else None,
            content_unit=ContentUnit(row["content_unit"]),
            max_per_order=row["max_per_order"],
        )
        for row in found
    )


def _media(text: str | None) -> tuple[MediaDraft, ...]:
    found: list[tuple[str, dict[str, str], int, str]] = json.loads(text) if text else []
    return tuple(
        MediaDraft(picture=picture, alt=dict(sorted(alt.items())), position=position, sku=sku)
        for picture, alt, position, sku in found
    )


def _channels(text: str | None) -> dict[str, Window]:
    found: dict[str, tuple[str, str | None]] = json.loads(text) if text else {}
    return {
        code: Window(
            from_at=datetime.fromisoformat(from_at),
            until_at=datetime.fromisoformat(until_at) if until_at else None,
        )
        for code, (from_at, until_at) in sorted(found.items())
    }


def _old_slugs(text: str | None) -> dict[str, tuple[str, ...]]:
    found: Sequence[tuple[str, str]] = json.loads(text) if text else []
    locales = sorted({locale for locale, _ in found})
    return {locale: tuple(slug for at, slug in found if at == locale) for locale in locales}
