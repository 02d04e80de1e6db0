"""From rows of goods to what the API says: plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from tresen.domains.catalog.types import (
    AttributeView,
    CategoryNode,
    CategoryPage,
    CategoryRow,
    PictureView,
    ProductPage,
    VariantView,
)
from tresen.domains.discovery.types import (
    CATEGORY,
    STOCK,
    Entry,
    Facet,
    Page,
    Picture,
    SearchPage,
    Suggestion,
    Suggestions,
)
from tresen.domains.pricing.rules import unit_price_of
from tresen.domains.pricing.types import UnitPrice
from tresen.domains.tax.rules import assess, rate_for
from tresen.domains.tax.types import Taxable, TaxRate
from tresen.entrypoints.api.store.words import Words, money, rate
from tresen.foundation.ids import outer
from tresen.foundation.money import Money
from tresen.workflows.listing.show_product import ShownProduct

IN_STOCK = "in_stock"


def page(found: Page, *, rates: Mapping[str, TaxRate], ways_on: Suggestions | None) -> Words:
    """A page of a list or of a search."""
    prices = found.prices
    return {
        "items": [_entry(entry, rates) for entry in found.entries],
        "facets": [_facet(facet) for facet in found.facets],
        "prices": {"low": money(prices.low), "high": money(prices.high)} if prices else None,
        "total": found.total,
        "total_is_exact": found.total_is_exact,
        "next": found.next_cursor,
        "prev": found.prev_cursor,
        "search": _search(found, ways_on) if isinstance(found, SearchPage) else None,
    }


def suggestions(found: Suggestions) -> Words:
    """Terms, categories and products."""
    return {
        "terms": _suggestions(found.terms),
        "categories": _suggestions(found.categories),
        "products": _suggestions(found.products),
    }


def product(shown: ShownProduct) -> Words:
    """All that a product page says."""
    found = shown.page
    brand = found.brand
    return {
        "id": _outer("prd", found.product_id),
        "slug": found.slug,
        "slugs": found.slugs,
        "locale": found.locale,
        "title": found.name,
        "summary": found.summary,
        "description": found.description,
        "meta_title": found.meta_title,
        "meta_description": found.meta_description,
        "brand": {"code": brand.code, "name": brand.name} if brand else None,
        "trail": [_category_ref(row) for row in found.trail],
        "categories": [_category_ref(row) for row in found.categories],
        "options": _options(found),
        "variants": [_variant(variant, shown) for variant in found.variants],
        "attributes": [_attribute(row) for row in found.attributes],
        "media": [_media(picture) for picture in found.media],
        "tax_rate": rate(shown.rate.rate_bp),
    }


def categories(nodes: Sequence[CategoryNode], counts: Mapping[UUID, int]) -> list[Words]:
    """The tree; a category on which nothing stands is in it, too."""
    return [
        {
            "id": _outer("cat", node.category.id),
            "name": node.category.name,
            "slug": node.category.slug,
            "summary": node.category.summary,
            "count": counts.get(node.category.id, 0),
            "children": categories(node.children, counts),
        }
        for node in nodes
    ]


def category(found: CategoryPage) -> Words:
    """One category with its neighbours above and below."""
    return {
        **_category_ref(found.category),
        "slugs": found.slugs,
        "summary": found.category.summary,
        "trail": [_category_ref(row) for row in found.trail],
        "children": [_category_ref(row) for row in found.children if row.is_visible],
    }


@lru_cache(maxsize=10_000)
def taxed(price: Money, tax: TaxRate) -> Words:
    """Net, tax and gross of one piece; do not change what is returned."""
    found = assess([Taxable(key="", gross=price, rate=tax)], delivery=Money(0, price.currency))
    return {"net": money(found.net), "tax": money(found.tax), "gross": money(found.gross)}


_outer = lru_cache(maxsize=50_000)(outer)
"""Goods are shown again and again."""


def _entry(entry: Entry, rates: Mapping[str, TaxRate]) -> Words:
    tax = rate_for(rates, category=entry.tax_category)
    reference = entry.reference
    return {
        "id": _outer("prd", entry.product_id),
        "slug": entry.slug,
        "title": entry.title,
        "brand": {"code": entry.brand_code, "name": entry.brand} if entry.brand_code else None,
        "picture": _picture(entry.picture) if entry.picture else None,
        "variant": _outer("var", entry.variant_id),
        "variant_count": entry.variant_count,
        "price": taxed(entry.price, tax),
        "tax_rate": rate(tax.rate_bp),
        "is_from": entry.is_from,
        "reference_price": money(reference) if reference else None,
        "percent_off": _percent_off(entry.price, reference),
        "unit_price": _unit_price(entry.price, entry.content_amount, entry.content_unit),
        "in_stock": entry.in_stock,
        "available": entry.available,
    }


def _variant(variant: VariantView, shown: ShownProduct) -> Words:
    price: UnitPrice | None = shown.prices.get(variant.variant_id)
    available = shown.available[variant.variant_id]
    content = variant.content_amount
    return {
        "id": _outer("var", variant.variant_id),
        "sku": variant.sku,
        "gtin": variant.gtin,
        "choices": variant.choices,
        "is_default": variant.is_default,
        "price": taxed(price.amount, shown.rate) if price else None,
        "reference_price": money(price.reference) if price and price.reference else None,
        "percent_off": _percent_off(price.amount, price.reference) if price else None,
        "unit_price": _unit_price(price.amount, content, variant.content_unit) if price else None,
        "available": available,
        "in_stock": available > 0,
        "max_per_order": variant.max_per_order,
        "weight_g": variant.weight_g,
        "origin_country": variant.origin_country,
        "content_amount": f"{content.normalize():f}" if content is not None else None,
        "content_unit": variant.content_unit,
    }


def _facet(facet: Facet) -> Words:
    """Code and values are those that the list takes as filters."""
    return {
        "code": IN_STOCK if facet.code == STOCK else facet.code,
        "label": facet.label,
        "kind": facet.kind.value,
        "unit": facet.unit,
        "values": [
            {
                "value": _filter_value(facet.code, value.value),
                "label": value.label,
                "count": value.count,
                "chosen": value.chosen,
                "swatch": value.swatch,
                "slug": value.slug,
            }
            for value in facet.values
        ],
    }


def _filter_value(code: str, value: str) -> str:
    if code == CATEGORY:
        return _outer("cat", UUID(value))
    return "true" if code == STOCK else value


def _search(found: SearchPage, ways_on: Suggestions | None) -> Words:
    return {
        "corrected": found.corrected,
        "did_you_mean": found.did_you_mean,
        "some_words_only": found.some_words_only,
        "ways_on": {
            "categories": _suggestions(ways_on.categories),
            "products": _suggestions(ways_on.products),
        }
        if ways_on
        else None,
    }


def _suggestions(found: Iterable[Suggestion]) -> list[Words]:
    return [{"label": one.label, "slug": one.slug, "count": one.count} for one in found]


def _options(found: ProductPage) -> list[Words]:
    return [
        {
            "code": option.code,
            "label": option.label,
            "values": [
                {"code": value.code, "label": value.label, "swatch": value.swatch}
                for value in option.values
            ],
        }
        for option in found.options
    ]


def _attribute(row: AttributeView) -> Words:
    value = row.value
    return {
        "code": row.code,
        "label": row.label,
        "kind": row.kind.value,
        "unit": row.unit,
        "value": value if isinstance(value, str | bool) else str(value),
    }


def _media(picture: PictureView) -> Words:
    variant = picture.variant_id
    return {**_picture(picture), "variant": _outer("var", variant) if variant else None}


def _picture(picture: Picture | PictureView) -> Words:
    return {
        "alt": picture.alt,
        "width": picture.width,
        "height": picture.height,
        "urls": picture.urls,
    }


def _category_ref(row: CategoryRow) -> Words:
    return {"id": _outer("cat", row.id), "name": row.name, "slug": row.slug}


def _percent_off(price: Money, reference: Money | None) -> int | None:
    """Whole percent, rounded down: a reduction is never announced too large."""
    if reference is None or reference.minor <= price.minor:
        return None
    return (reference.minor - price.minor) * 100 // reference.minor


def _unit_price(price: Money, content: Decimal | None, unit: str) -> Words | None:
    found = unit_price_of(price, content_amount=content, content_unit=unit) if content else None
    return {"price": money(found.amount), "unit": found.unit} if found else None
