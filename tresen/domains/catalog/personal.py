"""Nothing about people is in this domain."""

from __future__ import annotations

from tresen.foundation.vault.personal import NotPersonal

NOT_PERSONAL: NotPersonal = {
    "catalog_brand": (
        "words about goods",
        (
            "code",
            "name",
            "about",
        ),
    ),
    "catalog_attribute": (
        "words about goods",
        (
            "code",
            "labels",
            "unit",
            "choices",
        ),
    ),
    "catalog_option": (
        "words about goods",
        (
            "code",
            "labels",
        ),
    ),
    "catalog_option_value": (
        "words about goods",
        (
            "code",
            "labels",
            "swatch",
        ),
    ),
    "catalog_category": (
        "words about goods",
        (
            "code",
            "parent_path",
        ),
    ),
    "catalog_category_text": (
        "words about goods",
        (
            "locale",
            "name",
            "slug",
            "summary",
        ),
    ),
    "catalog_old_category_slug": (
        "words about goods",
        (
            "locale",
            "slug",
        ),
    ),
    "catalog_product": (
        "words about goods",
        (
            "code",
            "tax_category",
            "attributes",
            "changed_by",
        ),
    ),
    "catalog_product_text": (
        "words about goods",
        (
            "locale",
            "name",
            "sort_name",
            "slug",
            "summary",
            "description",
            "meta_title",
            "meta_description",
        ),
    ),
    "catalog_old_slug": (
        "words about goods",
        (
            "locale",
            "slug",
        ),
    ),
    "catalog_variant": (
        "words about goods",
        (
            "sku",
            "gtin",
            "choices",
            "origin_country",
            "tariff_code",
            "content_unit",
        ),
    ),
    "catalog_picture": (
        "words about goods",
        (
            "hash",
            "file",
        ),
    ),
    "catalog_product_picture": (
        "words about goods",
        ("alt",),
    ),
}
