"""Our own format: products and definitions as plain JSON values, and back. Nothing is lost.

A file begins with {"tresen_catalog": 1}; each further line holds one attribute, option, brand,
category or product. Empty and usual values are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from tresen.domains.catalog.types import (
    PER_ORDER_DEFAULT,
    AttributeDef,
    BrandRow,
    CategoryDef,
    Choice,
    OptionDef,
    ProductDraft,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.workflows.supplying.catalog_files.shaped import PriceDraft

VERSION: Final = 1
HEADER: Final = "tresen_catalog"
KINDS: Final = ("attribute", "option", "brand", "category", "product")

Json = dict[str, object]


def header_json() -> Json:
    return {HEADER: VERSION}


def attribute_json(definition: AttributeDef) -> Json:
    return _lean(
        {
            "code": definition.code,
            "kind": definition.kind.value,
            "labels": dict(definition.labels),
            "unit": definition.unit,
            "filterable": definition.is_filterable,
            "choices": [_choice_json(choice) for choice in definition.choices],
            "position": definition.position or None,
        }
    )


def option_json(definition: OptionDef) -> Json:
    return _lean(
        {
            "code": definition.code,
            "labels": dict(definition.labels),
            "values": [_choice_json(choice) for choice in definition.values],
            "position": definition.position or None,
        }
    )


def brand_json(brand: BrandRow) -> Json:
    return _lean({"code": brand.code, "name": brand.name, "about": dict(brand.about)})


def category_json(category: CategoryDef) -> Json:
    return _lean(
        {
            "path": category.path,
            "position": category.position or None,
            "hidden": not category.is_visible,
            "texts": {
                locale: _lean({"name": text.name, "slug": text.slug, "summary": text.summary})
                for locale, text in category.texts.items()
            },
        }
    )


def product_json(
    draft: ProductDraft, *, prices: Sequence[PriceDraft], files: Mapping[str, str]
) -> Json:
    """`files` are the names of the pictures' files by hash."""
    return _lean(
        {
            "code": draft.code,
            "status": draft.status.value,
            "brand": draft.brand,
            "tax_category": draft.tax_category,
            "listed_on": draft.listed_on.isoformat() if draft.listed_on else "",
            "options": list(draft.options),
            "categories": list(draft.categories),
            "texts": {locale: _text_json(text) for locale, text in draft.texts.items()},
            "attributes": dict(draft.attributes),
            "variants": [
                _variant_json(variant, prices, place=place)
                for place, variant in enumerate(draft.variants)
            ],
            "media": [
                _lean(
                    {
                        "file": files[medium.picture],
                        "alt": dict(medium.alt),
                        "position": None if medium.position == place else medium.position,
                        "sku": medium.sku,
                    }
                )
                for place, medium in enumerate(draft.media)
            ],
            "channels": {code: _window_json(window) for code, window in draft.channels.items()},
            "old_slugs": {locale: list(slugs) for locale, slugs in draft.old_slugs.items()},
        }
    )


def _text_json(text: TextDraft) -> Json:
    return _lean({name: getattr(text, name) for name in TextDraft.__slots__})


def _variant_json(variant: VariantDraft, prices: Sequence[PriceDraft], *, place: int) -> Json:
    """A position is named only where it is not the place in the list."""
    most = variant.max_per_order
    return _lean(
        {
            "sku": variant.sku,
            "gtin": variant.gtin,
            "other_gtins": list(variant.other_gtins),
            "choices": dict(variant.choices),
            "position": None if variant.position == place else variant.position,
            "default": variant.is_default,
            "archived": variant.is_archived,
            "weight_g": variant.weight_g,
            "length_mm": variant.length_mm,
            "width_mm": variant.width_mm,
            "height_mm": variant.height_mm,
            "origin_country": variant.origin_country,
            "tariff_code": variant.tariff_code,
            "content_amount": str(variant.content_amount) if variant.content_amount else "",
            "content_unit": variant.content_unit.value,
            "max_per_order": None if most == PER_ORDER_DEFAULT else most,
            "prices": [_price_json(price) for price in prices if price.sku == variant.sku],
        }
    )


def _price_json(price: PriceDraft) -> Json:
    return _lean(
        {
            "list": price.list_code,
            "amount": str(price.amount.amount),
            "currency": price.amount.currency,
            "min_quantity": None if price.min_quantity == 1 else price.min_quantity,
            "from": _moment(price.valid_from),
            "until": _moment(price.valid_to),
        }
    )


def _window_json(window: Window) -> Json:
    return _lean({"from": _moment(window.from_at), "until": _moment(window.until_at)})


def _choice_json(choice: Choice) -> Json:
    return _lean({"code": choice.code, "labels": dict(choice.labels), "swatch": choice.swatch})


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _lean(values: Json) -> Json:
    """Without what is empty or false. A zero stays: it may be a position."""
    return {
        key: value
        for key, value in values.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
