"""The demo goods are whole, plausible and written in both languages."""

import re
from collections import Counter

from tresen.operations.demo.goods.checks import faults_of, is_internal_gtin
from tresen.operations.demo.goods_types import LANGUAGES, DemoShop, LocationKind

SENTENCES = range(2, 5)
GREEN_WORDS = re.compile(
    r"nachhaltig|umweltfreundlich|klimaneutral|ökologisch|\beco\b|eco-|sustainab|climate.neutral",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(du|dich|dir|dein|deine|deinen|euch|euer)\b", re.IGNORECASE)


def test_the_goods_have_no_fault(shop: DemoShop) -> None:
    assert faults_of(shop) == []


def test_the_range_is_as_wide_as_promised(shop: DemoShop) -> None:
    tops = [category for category in shop.categories if category.parent is None]
    several = [product for product in shop.products if 2 <= len(product.variants) <= 12]

    assert len(shop.products) == 201
    assert len(tops) == 8
    assert len(several) == 147
    assert len(shop.brands) == 16


def test_every_leaf_has_goods_and_every_product_knows_its_shelf(shop: DemoShop) -> None:
    parents = {category.code: category.parent for category in shop.categories if category.parent}

    stocked = Counter(product.category for product in shop.products)

    assert set(stocked) == set(parents)
    assert all(product.shelf == parents[product.category] for product in shop.products)


def test_two_stores_and_a_warehouse_stand_in_hamburg(shop: DemoShop) -> None:
    kinds = [location.kind for location in shop.locations]

    assert kinds == [LocationKind.WAREHOUSE, LocationKind.STORE, LocationKind.STORE]
    assert {location.address.city for location in shop.locations} == {"Hamburg"}
    assert [store.location for store in shop.stores] == ["altona", "eimsbuettel"]


def test_descriptions_are_two_to_four_plain_sentences(shop: DemoShop) -> None:
    for product in shop.products:
        for language in LANGUAGES:
            text = product.description.in_language(language)
            assert len(re.findall(r"[.?](?:\s|$)", text)) in SENTENCES, (product.code, text)


def test_nothing_shouts_flatters_or_turns_green(shop: DemoShop) -> None:
    for product in shop.products:
        for text in (product.name, product.summary, product.description, product.care):
            for language in LANGUAGES:
                words = text.in_language(language)
                assert "!" not in words, product.code
                assert not GREEN_WORDS.search(words), product.code
            assert not FAMILIAR.search(text.de), product.code


def test_stock_is_plentiful_scarce_and_sometimes_gone(shop: DemoShop) -> None:
    totals = {
        product.code: sum(stock.quantity for variant in product.variants for stock in variant.stock)
        for product in shop.products
    }
    variants = [variant for product in shop.products for variant in product.variants]
    missing_somewhere = [
        variant
        for variant in variants
        if any(stock.quantity == 0 for stock in variant.stock)
        and any(stock.quantity > 0 for stock in variant.stock)
    ]

    assert sorted(code for code, total in totals.items() if total == 0) == [
        "saat-kraeuter",
        "steckdosenleiste",
    ]
    assert len(missing_somewhere) > 50
    assert max(totals.values()) > 1000


def test_each_sku_has_a_gtin_of_the_internal_range(shop: DemoShop) -> None:
    gtins = [variant.gtin for product in shop.products for variant in product.variants]

    assert all(is_internal_gtin(gtin) for gtin in gtins)
    assert not is_internal_gtin(gtins[0][:-1] + str((int(gtins[0][-1]) + 1) % 10))
    assert not is_internal_gtin("4006381333931")


def test_what_is_sold_by_measure_says_how_much_is_in_it(shop: DemoShop) -> None:
    measured = {
        product.code: {variant.content.unit for variant in product.variants if variant.content}
        for product in shop.products
        if any(variant.content for variant in product.variants)
    }

    assert measured["hafenmischung"] == {"g"}
    assert measured["spuelmittel"] == {"ml"}
    assert measured["hanfschnur"] == {"m"}
    assert len(measured) == 28


def test_food_and_books_carry_the_reduced_tax_and_nothing_else_does(shop: DemoShop) -> None:
    by_tax = {
        tax: {product.category for product in shop.products if product.tax_category == tax}
        for tax in ("food", "books")
    }

    assert by_tax == {"food": {"coffee", "tea", "pantry"}, "books": {"books"}}


def test_clothes_name_their_fibres_in_per_cent(shop: DemoShop) -> None:
    for product in shop.products:
        if product.category in {"clothing", "knitwear"}:
            assert re.search(r"\d+ % [A-ZÄÖÜ]", product.material.de), product.code
            assert re.search(r"\d+ % [a-z]", product.material.en), product.code


def test_names_of_values_are_shown_in_the_order_of_their_option(shop: DemoShop) -> None:
    shirt = next(product for product in shop.products if product.code == "t-shirt-kajuete")

    assert shirt.options == ("colour", "size")
    assert [variant.choices for variant in shirt.variants][:2] == [
        (("colour", "ink"), ("size", "xs")),
        (("colour", "ink"), ("size", "s")),
    ]
