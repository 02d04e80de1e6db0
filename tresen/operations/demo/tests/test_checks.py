"""Each rule of the demo goods is broken once and must be named."""

from dataclasses import replace
from pathlib import Path

import pytest

from tresen.operations.demo.goods.checks import GoodsFaulty, check_digit_of, faults_of
from tresen.operations.demo.goods.loader import GOODS_FOLDER, load_goods
from tresen.operations.demo.goods_types import (
    DemoAttributeValue,
    DemoPicture,
    DemoProduct,
    DemoShop,
    DemoStock,
    DemoVariant,
    LocalizedText,
)


def with_product(shop: DemoShop, **changes: object) -> DemoShop:
    first, *rest = shop.products
    return replace(shop, products=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def with_variant(shop: DemoShop, **changes: object) -> DemoShop:
    first, *rest = shop.products[0].variants
    changed: DemoVariant = replace(first, **changes)  # type: ignore[arg-type]
    return with_product(shop, variants=(changed, *rest))


def only_fault(shop: DemoShop) -> str:
    (fault,) = faults_of(shop)
    return fault


def test_the_check_digit_is_that_of_the_published_example() -> None:
    assert check_digit_of("629104150021") == "3"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"brand": "nobody"}, "unknown brand «nobody»"),
        ({"category": "coffee-tea"}, "category «coffee-tea» is no leaf"),
        ({"tax_category": "luxury"}, "tax «luxury»"),
        ({"tariff_code": "0901"}, "tariff «0901»"),
        ({"origin": "Germany"}, "origin «Germany»"),
        ({"food": None}, "food without its label"),
        ({"picture": DemoPicture("dragon", ("ink",), ())}, "shape «dragon»"),
        ({"picture": DemoPicture("bag", ("octarine",), ())}, "picture of unknown colours"),
        ({"slug": LocalizedText("Häfen", "harbour-blend")}, "slug «Häfen» is not plain"),
        (
            {"attributes": (DemoAttributeValue("roast", "burnt"),)},
            "attribute «roast» is 'burnt'",
        ),
        (
            {"attributes": (DemoAttributeValue("altitude", "high"),)},
            "attribute «altitude» is 'high'",
        ),
        ({"attributes": (DemoAttributeValue("wings", True),)}, "attribute «wings» is True"),
        ({"care": LocalizedText(de="Trocken lagern.", en=" ")}, "text in «en» is empty"),
    ],
)
def test_a_broken_product_is_named(shop: DemoShop, changes: dict[str, object], words: str) -> None:
    assert words in only_fault(with_product(shop, **changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"gtin": "2040011010017"}, "GTIN «2040011010017» is not internal or wrong"),
        ({"sku": "kt 101"}, "SKU is not plain"),
        ({"price_minor": 0}, "price is not positive"),
        ({"reduced_from_minor": 100}, "reduced from less"),
        ({"weight_g": 0}, "weight or size is not positive"),
        ({"stock": (DemoStock("altona", -1),)}, "stock below zero"),
        (
            {"choices": (("grind", "dust"), ("pack", "g250"))},
            "unknown option value in (('grind', 'dust'), ('pack', 'g250'))",
        ),
    ],
)
def test_a_broken_variant_is_named(shop: DemoShop, changes: dict[str, object], words: str) -> None:
    assert words in only_fault(with_variant(shop, **changes))


def test_a_product_listed_twice_is_named_for_every_key_it_repeats(shop: DemoShop) -> None:
    copied = shop.products[-1]

    faults = faults_of(replace(shop, products=(*shop.products, copied)))

    assert f"product code «{copied.code}» occurs 2 times" in faults
    assert f"product slug in «de» «{copied.slug.de}» occurs 2 times" in faults
    assert f"product name in «en» «{copied.name.en}» occurs 2 times" in faults
    assert f"sku «{copied.variants[0].sku}» occurs 2 times" in faults
    assert f"gtin «{copied.variants[0].gtin}» occurs 2 times" in faults


def test_variants_that_cannot_be_told_apart_are_named(shop: DemoShop) -> None:
    several: DemoProduct = shop.products[0]
    first, second, *rest = several.variants

    broken = with_product(shop, variants=(first, replace(second, choices=first.choices), *rest))

    assert faults_of(broken) == [f"product {several.code}: two variants with the same choices"]


def test_the_loader_refuses_faulty_goods_and_says_where(tmp_path: Path) -> None:
    for source in GOODS_FOLDER.glob("*.toml"):
        text = source.read_text(encoding="utf-8")
        broken = text.replace('brand = "tidenroest"', 'brand = "tidenrost"', 1)
        (tmp_path / source.name).write_text(broken, encoding="utf-8")

    with pytest.raises(GoodsFaulty) as refused:
        load_goods(tmp_path)

    assert refused.value.faults == ["product hafenmischung: unknown brand «tidenrost»"]
