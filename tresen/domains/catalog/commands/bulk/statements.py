"""The set-based SQL that puts staged rows in place.

Every statement touches only rows that differ and returns the ids of their products, so that an
import repeated changes nothing and tells nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from tresen.domains.catalog.types import Part

_PRODUCT_COLUMNS: Final = {
    Part.BRAND: "brand_id",
    Part.STATUS: "status",
    Part.TAX_CATEGORY: "tax_category",
    Part.LISTED_ON: "listed_on",
    Part.OPTIONS: "options",
    Part.ATTRIBUTES_WHOLE: "attributes",
}
_TEXT_COLUMNS: Final = {
    Part.SUMMARY: ("summary",),
    Part.DESCRIPTION: ("description",),
    Part.META: ("meta_title", "meta_description"),
}
_VARIANT_COLUMNS: Final = {
    Part.GTIN: ("gtin",),
    Part.OTHER_GTINS: ("other_gtins",),
    Part.CHOICES: ("choices",),
    Part.VARIANT_ORDER: ("position", "is_default", "is_archived"),
    Part.WEIGHT: ("weight_g",),
    Part.SIZE: ("length_mm", "width_mm", "height_mm"),
    Part.ORIGIN_COUNTRY: ("origin_country",),
    Part.TARIFF_CODE: ("tariff_code",),
    Part.CONTENT: ("content_amount", "content_unit"),
    Part.MAX_PER_ORDER: ("max_per_order",),
}

ADD_PRODUCTS: Final = (
    "INSERT INTO catalog_product (id, code, brand_id, status, tax_category, listed_on, options,"
    " attributes, revision, changed_at, changed_by)"
    " SELECT id, code, brand_id, status, tax_category, listed_on, options, attributes, 1, %s, %s"
    " FROM catalog_new_product WHERE is_new"
)
MERGE_ATTRIBUTES: Final = (
    "UPDATE catalog_product p SET attributes = p.attributes || (SELECT jsonb_object_agg(k.key,"
    "   CASE WHEN jsonb_typeof(k.value) = 'object'"
    "     AND jsonb_typeof(p.attributes -> k.key) = 'object'"
    "   THEN (p.attributes -> k.key) || k.value ELSE k.value END)"
    "   FROM jsonb_each(n.attributes) k)"
    " FROM catalog_new_product n WHERE n.id = p.id AND NOT n.is_new"
    " AND NOT p.attributes @> n.attributes RETURNING p.id"
)
"""New values beside the present ones; words in other languages stay."""

KEEP_OLD_SLUGS: Final = (
    "INSERT INTO catalog_old_slug (locale, slug, product_id)"
    " SELECT t.locale, t.slug, t.product_id FROM catalog_new_text n"
    " JOIN catalog_product_text t ON t.product_id = n.product_id AND t.locale = n.locale"
    " WHERE t.slug <> n.slug"
    " ON CONFLICT (locale, slug) DO UPDATE SET product_id = excluded.product_id"
)
FORGET_OLD_SLUGS: Final = (
    "DELETE FROM catalog_old_slug o USING catalog_new_text n"
    " WHERE o.locale = n.locale AND o.slug = n.slug"
)
"""An address that is in use again leads to its present owner."""

ADD_OLD_SLUGS: Final = (
    "INSERT INTO catalog_old_slug (locale, slug, product_id)"
    " SELECT n.locale, n.slug, n.product_id FROM catalog_new_old_slug n"
    " WHERE NOT EXISTS (SELECT 1 FROM catalog_product_text t"
    "   WHERE t.locale = n.locale AND t.slug = n.slug)"
    " ON CONFLICT (locale, slug) DO NOTHING RETURNING product_id"
)
ADD_VARIANTS: Final = (
    "INSERT INTO catalog_variant (id, product_id, sku, gtin, other_gtins, choices, position,"
    " is_default, is_archived, weight_g, length_mm, width_mm, height_mm, origin_country,"
    " tariff_code, content_amount, content_unit, max_per_order)"
    " SELECT id, product_id, sku, gtin, other_gtins, choices, position, is_default, is_archived,"
    " weight_g, length_mm, width_mm, height_mm, origin_country, tariff_code, content_amount,"
    " content_unit, max_per_order FROM catalog_new_variant WHERE is_new RETURNING product_id"
)
FREE_CHOICES: Final = (
    "UPDATE catalog_variant v SET choices = jsonb_build_object('', v.id)"
    " FROM catalog_new_variant n"
    " WHERE n.id = v.id AND NOT n.is_new AND v.choices <> n.choices"
)
"""Combinations that change are let go first, so that two variants can swap theirs."""

UNSET_DEFAULTS: Final = (
    "UPDATE catalog_variant v SET is_default = false FROM catalog_new_variant n"
    " WHERE v.product_id = n.product_id AND n.is_default AND v.is_default AND v.id <> n.id"
)
DROP_CATEGORIES: Final = (
    "DELETE FROM catalog_product_category c USING catalog_new_product p"
    " WHERE c.product_id = p.id AND NOT p.is_new AND NOT EXISTS (SELECT 1"
    "   FROM catalog_new_category n WHERE n.product_id = c.product_id"
    "   AND n.category_id = c.category_id) RETURNING c.product_id"
)
PUT_CATEGORIES: Final = (
    "INSERT INTO catalog_product_category AS c (product_id, category_id, position)"
    " SELECT product_id, category_id, position FROM catalog_new_category"
    " ON CONFLICT (product_id, category_id) DO UPDATE SET position = excluded.position"
    " WHERE c.position <> excluded.position RETURNING c.product_id"
)
DROP_PICTURES: Final = (
    "DELETE FROM catalog_product_picture c USING catalog_new_product p"
    " WHERE c.product_id = p.id AND NOT p.is_new AND NOT EXISTS (SELECT 1"
    "   FROM catalog_new_picture n WHERE n.product_id = c.product_id"
    "   AND n.picture_id = c.picture_id AND n.variant_id IS NOT DISTINCT FROM c.variant_id)"
    " RETURNING c.product_id"
)
PUT_PICTURES: Final = (
    "INSERT INTO catalog_product_picture AS c (product_id, picture_id, variant_id, position, alt)"
    " SELECT product_id, picture_id, variant_id, position, alt FROM catalog_new_picture"
    " ON CONFLICT (product_id, picture_id, variant_id)"
    " DO UPDATE SET position = excluded.position, alt = excluded.alt"
    " WHERE (c.position, c.alt) IS DISTINCT FROM (excluded.position, excluded.alt)"
    " RETURNING c.product_id"
)
DROP_PUBLICATIONS: Final = (
    "DELETE FROM catalog_publication c USING catalog_new_product p"
    " WHERE c.product_id = p.id AND NOT p.is_new AND NOT EXISTS (SELECT 1"
    "   FROM catalog_new_publication n WHERE n.product_id = c.product_id"
    "   AND n.channel_code = c.channel_code) RETURNING c.product_id"
)
PUT_PUBLICATIONS: Final = (
    "INSERT INTO catalog_publication AS c (product_id, channel_code, from_at, until_at)"
    " SELECT product_id, channel_code, from_at, until_at FROM catalog_new_publication"
    " ON CONFLICT (product_id, channel_code)"
    " DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at"
    " WHERE (c.from_at, c.until_at) IS DISTINCT FROM (excluded.from_at, excluded.until_at)"
    " RETURNING c.product_id"
)
ADD_PUBLICATIONS: Final = (
    "INSERT INTO catalog_publication AS c (product_id, channel_code, from_at, until_at)"
    " SELECT product_id, channel_code, from_at, until_at FROM catalog_new_publication"
    " ON CONFLICT (product_id, channel_code) DO NOTHING RETURNING c.product_id"
)
TOUCH: Final = (
    "UPDATE catalog_product SET revision = revision + 1, changed_at = %s, changed_by = %s"
    " WHERE id = ANY(%s::uuid[])"
)


def change_products(parts: Collection[Part]) -> str:
    """Empty where the source speaks of none of the columns."""
    columns = [column for part, column in _PRODUCT_COLUMNS.items() if part in parts]
    return _change("catalog_product", "catalog_new_product", columns, "p.id")


def change_variants(parts: Collection[Part]) -> str:
    """Empty where the source speaks of none of the columns."""
    columns = [one for part, many in _VARIANT_COLUMNS.items() if part in parts for one in many]
    return _change("catalog_variant", "catalog_new_variant", columns, "p.product_id")


def put_texts(parts: Collection[Part]) -> str:
    """Names and addresses always; the rest where the source speaks of it."""
    spoken = [one for part, many in _TEXT_COLUMNS.items() if part in parts for one in many]
    columns = ["name", "sort_name", "slug", *spoken]
    return (
        "INSERT INTO catalog_product_text AS t (product_id, locale, name, sort_name, slug,"  # noqa: S608 (columns are constants)
        " summary, description, meta_title, meta_description)"
        " SELECT product_id, locale, name, sort_name, slug, summary, description, meta_title,"
        " meta_description FROM catalog_new_text"
        f" ON CONFLICT (product_id, locale) DO UPDATE SET {_pairs(columns, 'excluded')}"
        f" WHERE {_differs(columns, 't', 'excluded')} RETURNING t.product_id"
    )


def _change(table: str, staged: str, columns: list[str], answer: str) -> str:
    if not columns:
        return ""
    return (
        f"UPDATE {table} p SET {_pairs(columns, 'n')} FROM {staged} n"  # noqa: S608 (constants)
        f" WHERE n.id = p.id AND NOT n.is_new AND {_differs(columns, 'p', 'n')}"
        f" RETURNING {answer}"
    )


def _pairs(columns: list[str], source: str) -> str:
    return ", ".join(f"{column} = {source}.{column}" for column in columns)


def _differs(columns: list[str], left: str, right: str) -> str:
    mine = ", ".join(f"{left}.{column}" for column in columns)
    theirs = ", ".join(f"{right}.{column}" for column in columns)
    return f"ROW({mine}) IS DISTINCT FROM ROW({theirs})"
