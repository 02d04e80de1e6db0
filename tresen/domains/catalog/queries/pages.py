"""The product page, in at most three statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypedDict, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import (
    BEST_CATEGORY_TEXT,
    BEST_TEXT,
    CATEGORY_JSON,
    SHOWN_NOW,
    CategoryJson,
    attribute_def,
    category_row,
    choices_of,
    labels_of,
    picture_view,
)
from tresen.domains.catalog.rules.attributes import read_value
from tresen.domains.catalog.rules.words import chain_of, label_of
from tresen.domains.catalog.types import (
    AttributeView,
    BrandRow,
    CategoryRow,
    JsonValue,
    Localized,
    OptionValueView,
    OptionView,
    PictureView,
    ProductPage,
    VariantView,
)
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

_ASKED: Final = (
    "SELECT product_id FROM (SELECT product_id, 0 AS rank FROM catalog_product_text"
    " WHERE locale = %s AND slug = %s"
    " UNION ALL SELECT product_id, 1 FROM catalog_old_slug WHERE locale = %s AND slug = %s"
    " UNION ALL SELECT product_id, 2 FROM catalog_product_text"
    " WHERE locale = ANY(%s) AND slug = %s"
    " UNION ALL SELECT product_id, 3 FROM catalog_old_slug WHERE locale = ANY(%s) AND slug = %s"
    ") found ORDER BY rank LIMIT 1"
)
"""By the present address, else a former one, else one of another language."""

_SHELVES: Final = (
    "SELECT jsonb_agg(jsonb_build_array(up.shelf, up.height, "  # noqa: S608 (constant pieces)
    f"{CATEGORY_JSON}) ORDER BY up.shelf, up.height DESC) FROM ("
    " WITH RECURSIVE climb AS (SELECT k.id, k.parent_path, pc.position AS shelf, 0 AS height"
    "   FROM catalog_product_category pc JOIN catalog_category k ON k.id = pc.category_id"
    "   WHERE pc.product_id = p.id"
    "   UNION ALL SELECT k.id, k.parent_path, climb.shelf, climb.height + 1"
    "   FROM climb JOIN catalog_category k ON k.path = climb.parent_path)"
    " SELECT * FROM climb) up JOIN catalog_category c ON c.id = up.id"
    f" {BEST_CATEGORY_TEXT}"
)
"""Each shelf of the product `p` with the way up to the root."""

_CORE: Final = (
    "SELECT p.id, p.code, p.tax_category, p.listed_on, p.options, p.attributes,"  # noqa: S608
    " t.locale, t.slug, t.name, t.summary, t.description, t.meta_title, t.meta_description,"
    " (SELECT jsonb_object_agg(o.locale, o.slug) FROM catalog_product_text o"
    "   WHERE o.product_id = p.id),"
    " b.id, b.code, b.name, b.about,"
    f" ({_SHELVES}),"
    " (SELECT jsonb_agg(jsonb_build_object('picture', k.hash, 'widths', k.widths,"
    "   'width', k.width, 'height', k.height, 'alt', pp.alt, 'variant_id', pp.variant_id)"
    "   ORDER BY pp.position, pp.id) FROM catalog_product_picture pp"
    "   JOIN catalog_picture k ON k.hash = pp.picture_id WHERE pp.product_id = p.id)"
    " FROM catalog_product p LEFT JOIN catalog_brand b ON b.id = p.brand_id"
    " JOIN catalog_publication s ON s.product_id = p.id AND s.channel_code = %s"
    f" AND {SHOWN_NOW} {BEST_TEXT}"
    f" WHERE p.status = 'active' AND p.id = ({_ASKED})"
)
_VARIANTS: Final = (
    "SELECT id, sku, gtin, choices, is_default, weight_g, length_mm, width_mm, height_mm,"
    " origin_country, tariff_code, content_amount, content_unit, max_per_order"
    " FROM catalog_variant WHERE product_id = %s AND NOT is_archived ORDER BY position, sku"
)
_DEFINITIONS: Final = (
    "SELECT code, kind, labels, unit, is_filterable, choices, position"
    " FROM catalog_attribute WHERE code = ANY(%s)"
    " UNION ALL SELECT o.code, 'option', o.labels, '', false, jsonb_agg(jsonb_build_object("
    " 'code', x.code, 'labels', x.labels, 'swatch', x.swatch) ORDER BY x.position, x.code), 0"
    " FROM catalog_option o JOIN catalog_option_value x ON x.option_id = o.code"
    " WHERE o.code = ANY(%s) GROUP BY o.code ORDER BY position, code"
)

_Definition = tuple[str, str, str, str, bool, str, int]
_Variant = tuple[
    UUID,
    str,
    str,
    str,
    bool,
    int | None,
    int | None,
    int | None,
    int | None,
    str,
    str,
    Decimal | None,
    str,
    int,
]


class NoSuchProduct(Refusal):
    """The channel shows no product at this address, and never did."""

    code = "no_such_product"
    status = 404
    message = "There is no such product in this shop.\nPlease look for it in the search."


class _PictureJson(TypedDict):
    picture: str
    widths: list[int]
    width: int
    height: int
    alt: Localized
    variant_id: str | None


def get_product(
    slug: str, *, channel_code: str, locale: str, at: datetime | None = None
) -> ProductPage:
    """What the product page says in one language, missing words filled by the fallback chain.

    Raises NoSuchProduct. If `slug` of the page is not what was asked for, the address has moved.
    """
    chain = list(chain_of(locale))
    asked = (locale, slug, locale, slug, chain, slug, chain, slug)
    found = sql.rows(_CORE, (chain, channel_code, at, at, chain, *asked))
    if not found:
        raise NoSuchProduct(field="slug")
    core = found[0]
    values: Mapping[str, JsonValue] = json.loads(cast("str", core[5]))
    options = cast("list[str]", core[4])
    with sql.pipelined():
        variants = sql.ask(_VARIANTS, (core[0],), shape=_variants)
        definitions = sql.ask(_DEFINITIONS, (list(values), options), shape=_definitions)
        sold, known = variants.answer(), definitions.answer()
    return _page(
        core,
        options=_options(options, sold, known, locale),
        variants=sold,
        attributes=_attributes(values, known, locale),
        locale=locale,
    )


def _page(
    core: sql.Row,
    *,
    options: tuple[OptionView, ...],
    variants: tuple[VariantView, ...],
    attributes: tuple[AttributeView, ...],
    locale: str,
) -> ProductPage:
    categories, trail = _shelves(cast("str | None", core[18]))
    text = cast("tuple[str, str, str, str, str, str, str]", core[6:13])
    return ProductPage(
        product_id=cast("UUID", core[0]),
        code=cast("str", core[1]),
        locale=text[0],
        slug=text[1],
        slugs=labels_of(cast("str", core[13])),
        name=text[2],
        summary=text[3],
        description=text[4],
        meta_title=text[5],
        meta_description=text[6],
        tax_category=cast("str", core[2]),
        listed_on=cast("date | None", core[3]),
        brand=_brand(core[14:18]),
        categories=categories,
        trail=trail,
        options=options,
        variants=variants,
        attributes=attributes,
        media=_media(cast("str | None", core[19]), locale),
    )


def _brand(row: sql.Row) -> BrandRow | None:
    brand_id, code, name, about = cast("tuple[UUID | None, str, str, str]", row)
    if brand_id is None:
        return None
    return BrandRow(id=brand_id, code=code, name=name, about=labels_of(about))


def _shelves(text: str | None) -> tuple[tuple[CategoryRow, ...], tuple[CategoryRow, ...]]:
    """The product's own shelves, and the way from the root to the main one."""
    steps: list[tuple[int, int, CategoryJson]] = json.loads(text) if text else []
    own = tuple(category_row(row) for _, height, row in steps if height == 0)
    main = steps[0][0] if steps else None
    return own, tuple(category_row(row) for shelf, _, row in steps if shelf == main)


def _media(text: str | None, locale: str) -> tuple[PictureView, ...]:
    found: list[_PictureJson] = json.loads(text) if text else []
    return tuple(
        picture_view(
            row["picture"],
            widths=row["widths"],
            width=row["width"],
            height=row["height"],
            alt=row["alt"],
            locale=locale,
            variant_id=UUID(row["variant_id"]) if row["variant_id"] else None,
        )
        for row in found
    )


def _variants(found: list[sql.Row]) -> tuple[VariantView, ...]:
    return tuple(
        VariantView(
            variant_id=row[0],
            sku=row[1],
            gtin=row[2],
            choices=labels_of(row[3]),
            is_default=row[4],
            weight_g=row[5],
            length_mm=row[6],
            width_mm=row[7],
            height_mm=row[8],
            origin_country=row[9],
            tariff_code=row[10],
            content_amount=row[11],
            content_unit=row[12],
            max_per_order=row[13],
        )
        for row in cast("list[_Variant]", found)
    )


def _definitions(found: list[sql.Row]) -> list[_Definition]:
    return cast("list[_Definition]", found)


def _attributes(
    values: Mapping[str, JsonValue], known: list[_Definition], locale: str
) -> tuple[AttributeView, ...]:
    definitions = [attribute_def(row) for row in known if row[1] != "option"]
    return tuple(
        AttributeView(
            code=definition.code,
            label=label_of(definition.labels, locale=locale),
            kind=definition.kind,
            unit=definition.unit,
            value=read_value(values[definition.code], definition=definition, locale=locale),
        )
        for definition in definitions
    )


def _options(
    codes: Sequence[str],
    variants: tuple[VariantView, ...],
    known: list[_Definition],
    locale: str,
) -> tuple[OptionView, ...]:
    by_code = {row[0]: row for row in known if row[1] == "option"}
    return tuple(
        OptionView(
            code=code,
            label=label_of(labels_of(by_code[code][2]), locale=locale),
            values=tuple(
                OptionValueView(
                    code=choice.code,
                    label=label_of(choice.labels, locale=locale),
                    swatch=choice.swatch,
                )
                for choice in choices_of(by_code[code][5])
                if any(variant.choices.get(code) == choice.code for variant in variants)
            ),
        )
        for code in codes
        if code in by_code
    )
