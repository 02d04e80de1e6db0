"""Reads. get_ raises, find_ may return None, list_ is bounded, ask_ is answered later."""

from __future__ import annotations

from tresen.domains.catalog.queries.definitions import (
    attributes_by_code,
    find_brand,
    list_attributes,
    list_brands,
    list_options,
    options_by_code,
)
from tresen.domains.catalog.queries.drafts import get_draft, list_drafts
from tresen.domains.catalog.queries.listing import CursorUnsound, list_products
from tresen.domains.catalog.queries.lookup import (
    ask_variants_of,
    count_products,
    find_variant_by_sku,
    find_variants_by_gtin,
    list_changed_product_ids,
    list_product_ids,
    shelves_of,
    variant_ids_by_sku,
)
from tresen.domains.catalog.queries.media import list_locales, picture_files
from tresen.domains.catalog.queries.pages import NoSuchProduct, get_product
from tresen.domains.catalog.queries.projection import projection_rows, stream_published
from tresen.domains.catalog.queries.publication import what_is_missing
from tresen.domains.catalog.queries.shelves import (
    NoSuchCategory,
    category_tree,
    get_category,
    list_categories,
    list_category_defs,
)
from tresen.domains.catalog.queries.snapshots import ask_snapshots
from tresen.domains.catalog.queries.variants import find_variants, list_variants

__all__ = [
    "CursorUnsound",
    "NoSuchCategory",
    "NoSuchProduct",
    "ask_snapshots",
    "ask_variants_of",
    "attributes_by_code",
    "category_tree",
    "count_products",
    "find_brand",
    "find_variant_by_sku",
    "find_variants",
    "find_variants_by_gtin",
    "get_category",
    "get_draft",
    "get_product",
    "list_attributes",
    "list_brands",
    "list_categories",
    "list_category_defs",
    "list_changed_product_ids",
    "list_drafts",
    "list_locales",
    "list_options",
    "list_product_ids",
    "list_products",
    "list_variants",
    "options_by_code",
    "picture_files",
    "projection_rows",
    "shelves_of",
    "stream_published",
    "variant_ids_by_sku",
    "what_is_missing",
]
