"""What must hold for the demo goods before anybody loads them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from tresen.operations.demo.goods_types import (
    CONTENT_UNITS,
    LANGUAGES,
    TAX_CATEGORIES,
    AttributeKind,
    AttributeValue,
    DemoAttribute,
    DemoProduct,
    DemoShop,
    DemoVariant,
    LocalizedText,
)
from tresen.operations.demo.pictures.colours import COLOURS
from tresen.operations.demo.pictures.shapes.catalogue import SHAPES

GTIN_LENGTH = 13
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SKU = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
TARIFF = re.compile(r"[0-9]{8}")
COUNTRY = re.compile(r"[A-Z]{2}")


class GoodsFaulty(Exception):
    """The demo goods break their own rules; `faults` names every place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def faults_of(shop: DemoShop) -> list[str]:
    """Every fault in plain words, an empty list where all is well."""
    checks: tuple[Callable[[DemoShop], Iterator[str]], ...] = (
        _empty_texts,
        _repeated_keys,
        _wrong_tree,
        _wrong_products,
        _wrong_variants,
    )
    return [fault for check in checks for fault in check(shop)]


def check_digit_of(digits: str) -> str:
    """GS1 check digit of the digits before it (General Specifications 7.9)."""
    weighted = (int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return str(-sum(weighted) % 10)


def is_internal_gtin(gtin: str) -> bool:
    """A GTIN-13 of the restricted range 20 to 29 (never used between companies)."""
    if len(gtin) != GTIN_LENGTH or not gtin.isdecimal() or gtin[0] != "2":
        return False
    return check_digit_of(gtin[:-1]) == gtin[-1]


def _empty_texts(shop: DemoShop) -> Iterator[str]:
    for path, text in _texts_in(shop, "shop"):
        for language in LANGUAGES:
            words = text.in_language(language)
            if not words.strip() or words != words.strip():
                yield f"{path}: text in «{language}» is empty or has blanks around it"


def _texts_in(thing: object, path: str) -> Iterator[tuple[str, LocalizedText]]:
    if isinstance(thing, LocalizedText):
        yield path, thing
    elif isinstance(thing, tuple):
        for at, part in enumerate(thing):
            name = getattr(part, "code", None) or getattr(part, "sku", None) or at
            yield from _texts_in(part, f"{path}.{name}")
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _texts_in(getattr(thing, field.name), f"{path}.{field.name}")


def _repeated_keys(shop: DemoShop) -> Iterator[str]:
    variants = [variant for product in shop.products for variant in product.variants]
    yield from _repeated("sku", (variant.sku for variant in variants))
    yield from _repeated("gtin", (variant.gtin for variant in variants))
    for kind, rows in (
        ("product", shop.products),
        ("category", shop.categories),
        ("brand", shop.brands),
        ("attribute", shop.attributes),
        ("option", shop.options),
        ("location", shop.locations),
        ("store", shop.stores),
    ):
        yield from _repeated(f"{kind} code", (row.code for row in rows))
    for language in LANGUAGES:
        for kind, slugs in (
            ("product", [product.slug for product in shop.products]),
            ("category", [category.slug for category in shop.categories]),
        ):
            words = [slug.in_language(language) for slug in slugs]
            yield from _repeated(f"{kind} slug in «{language}»", words)
            yield from (f"slug «{word}» is not plain" for word in words if not SLUG.fullmatch(word))
        names = [product.name.in_language(language) for product in shop.products]
        yield from _repeated(f"product name in «{language}»", names)


def _repeated(kind: str, keys: Iterable[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{kind} «{key}» occurs {times} times"


def _wrong_tree(shop: DemoShop) -> Iterator[str]:
    tops = {category.code for category in shop.categories if category.parent is None}
    for category in shop.categories:
        if category.parent is not None and category.parent not in tops:
            yield f"category {category.code}: parent «{category.parent}» is not a top category"
    stores = {location.code for location in shop.locations}
    for store in shop.stores:
        if store.location not in stores:
            yield f"store {store.code}: unknown location «{store.location}»"


def _wrong_products(shop: DemoShop) -> Iterator[str]:
    leaves = {category.code for category in shop.categories if category.parent is not None}
    brands = {brand.code for brand in shop.brands}
    attributes = {attribute.code: attribute for attribute in shop.attributes}
    for product in shop.products:
        for wrong, words in (
            (product.category not in leaves, f"category «{product.category}» is no leaf"),
            (product.brand not in brands, f"unknown brand «{product.brand}»"),
            (product.tax_category not in TAX_CATEGORIES, f"tax «{product.tax_category}»"),
            (not TARIFF.fullmatch(product.tariff_code), f"tariff «{product.tariff_code}»"),
            (not COUNTRY.fullmatch(product.origin), f"origin «{product.origin}»"),
            (not product.variants, "has no variant"),
            (product.tax_category == "food" and product.food is None, "food without its label"),
            (not set(product.picture.colours) <= set(COLOURS), "picture of unknown colours"),
            (product.picture.shape not in SHAPES, f"shape «{product.picture.shape}»"),
        ):
            if wrong:
                yield f"product {product.code}: {words}"
        for given in product.attributes:
            attribute = attributes.get(given.attribute)
            if attribute is None or not _fits(attribute, given.value):
                yield f"product {product.code}: attribute «{given.attribute}» is {given.value!r}"


def _fits(attribute: DemoAttribute, value: AttributeValue) -> bool:
    match attribute.kind:
        case AttributeKind.TEXT:
            return isinstance(value, LocalizedText)
        case AttributeKind.NUMBER:
            return isinstance(value, Decimal) and value >= 0 and bool(attribute.unit)
        case AttributeKind.BOOLEAN:
            return isinstance(value, bool)
        case AttributeKind.CHOICE:
            return value in {choice.code for choice in attribute.choices}


def _wrong_variants(shop: DemoShop) -> Iterator[str]:
    values = {option.code: {value.code for value in option.values} for option in shop.options}
    for product in shop.products:
        if len({variant.choices for variant in product.variants}) != len(product.variants):
            yield f"product {product.code}: two variants with the same choices"
        if len(product.variants) > 1 and not product.options:
            yield f"product {product.code}: variants without options"
        for variant in product.variants:
            yield from _wrong_variant(product, variant, values)


def _wrong_variant(
    product: DemoProduct, variant: DemoVariant, values: dict[str, set[str]]
) -> Iterator[str]:
    sides = (variant.length_mm, variant.width_mm, variant.height_mm)
    before = variant.reduced_from_minor
    content = variant.content
    for wrong, words in (
        (not SKU.fullmatch(variant.sku), "SKU is not plain"),
        (not is_internal_gtin(variant.gtin), f"GTIN «{variant.gtin}» is not internal or wrong"),
        (variant.price_minor <= 0, "price is not positive"),
        (before is not None and before <= variant.price_minor, "reduced from less"),
        (variant.weight_g <= 0 or min(sides) <= 0, "weight or size is not positive"),
        (any(stock.quantity < 0 for stock in variant.stock), "stock below zero"),
        (content is not None and content.amount <= 0, "net content is not positive"),
        (content is not None and content.unit not in CONTENT_UNITS, "unknown unit of content"),
        (tuple(code for code, _ in variant.choices) != product.options, "options differ"),
        (
            any(value not in values.get(code, set()) for code, value in variant.choices),
            f"unknown option value in {variant.choices}",
        ),
    ):
        if wrong:
            yield f"variant {variant.sku} of {product.code}: {words}"
