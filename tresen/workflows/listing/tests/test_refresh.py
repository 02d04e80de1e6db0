"""Facts reach the lists."""

from __future__ import annotations

import pytest

from tresen.domains.catalog.commands import put_categories, unpublish_product
from tresen.domains.catalog.queries import list_categories
from tresen.domains.catalog.tests import make as catalog
from tresen.domains.catalog.types import CategoryDef, CategoryText
from tresen.domains.discovery.types import Page
from tresen.domains.pricing.tests import make as pricing
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.workflows.listing.refresh import (
    refresh_category,
    refresh_due,
    refresh_products,
    refresh_stock,
    refresh_variants,
)
from tresen.workflows.listing.tests import make

pytestmark = pytest.mark.django_db


def counts(page: Page, facet: str) -> dict[str, int]:
    return {v.value: v.count for f in page.facets if f.code == facet for v in f.values}


def test_a_new_product_appears_and_a_withdrawn_one_disappears() -> None:
    make.shop()
    first = make.goods("kanne")
    make.build()
    second = make.goods("tasse")
    unpublish_product(product_id=first, channel_code=make.SHOP, now=make.LATER, actor=SYSTEM)

    refresh_products([first, second], now=make.LATER)

    assert make.titles(make.listed()) == ["Tasse"]
    assert make.listed().total == 1


def test_a_new_price_moves_the_product_without_writing_its_words_again() -> None:
    make.shop()
    make.goods("kanne", price="10.00")
    make.goods("tasse", price="20.00")
    make.build()
    before = sql.rows("SELECT product_id, search::text FROM discovery_entry ORDER BY 1, space_id")
    pricing.price(make.variant_of("kanne"), "30.00", at=make.NOON)

    refresh_variants([make.variant_of("kanne")], now=make.LATER)

    page = make.listed()
    assert {e.title: e.price.minor for e in page.entries} == {"Kanne": 3000, "Tasse": 2000}
    assert page.prices is not None
    assert (page.prices.low.minor, page.prices.high.minor) == (2000, 3000)
    after = sql.rows("SELECT product_id, search::text FROM discovery_entry ORDER BY 1, space_id")
    assert after == before


def test_the_last_piece_sold_changes_stock_facet_and_place() -> None:
    make.shop()
    make.goods("kanne", stock=1)
    make.goods("tasse", stock=1)
    make.build()
    sql.run(
        "UPDATE inventory_level SET on_hand = 0 WHERE variant_id = %s", (make.variant_of("kanne"),)
    )

    changed = refresh_stock([make.variant_of("kanne")], now=make.NOON)

    page = make.listed()
    assert changed == 2
    assert [e.title for e in page.entries] == ["Tasse", "Kanne"]
    assert [e.available for e in page.entries] == [1, 0]
    assert counts(page, "stock") == {"in_stock": 1}


def test_a_sale_from_a_full_shelf_writes_nothing() -> None:
    make.shop()
    make.goods("kanne", stock=100)
    make.build()
    sql.run("UPDATE inventory_level SET on_hand = 99")

    assert refresh_stock([make.variant_of("kanne")], now=make.NOON) == 0


def test_a_shelf_renamed_is_found_by_its_new_name() -> None:
    make.shop()
    catalog.category("kueche", de="Küche")
    make.goods("kanne", categories=("kueche",))
    make.build()
    put_categories(
        [CategoryDef(path="kueche", texts={"de": CategoryText(name="Kochen")})], now=make.NOON
    )
    (category,) = list_categories(locale="de")

    refresh_category(category.id, now=make.NOON)

    (facet,) = [f for f in make.listed().facets if f.code == "category"]
    assert [value.label for value in facet.values] == ["Kochen"]


def test_what_is_planned_appears_when_its_moment_comes() -> None:
    make.shop()
    product_id = make.goods("kanne", published=False)
    make.publish(product_id, from_at=make.LATER)
    make.build()
    assert make.titles(make.listed()) == []

    assert refresh_due(now=make.NOON) == 0
    assert refresh_due(now=make.LATER) == 1

    assert make.titles(make.listed()) == ["Kanne"]


def test_a_planned_price_begins_and_ends_without_a_fact() -> None:
    make.shop()
    make.goods("kanne", price="10.00")
    pricing.price(make.variant_of("kanne"), "8.00", at=make.NOON, valid_from=make.LATER)
    make.build()
    assert make.listed().entries[0].price.minor == 1000

    refresh_due(now=make.LATER)

    assert make.listed().entries[0].price.minor == 800


def test_looking_again_changes_nothing() -> None:
    make.shop()
    product_id = make.goods("kanne")
    make.build()
    counted = sql.rows("SELECT * FROM discovery_facet_count ORDER BY 1, 2")
    words = sql.rows("SELECT * FROM discovery_word ORDER BY 1, 2")

    refresh_products([product_id], now=make.NOON)
    refresh_products([product_id], now=make.NOON)

    assert sql.rows("SELECT * FROM discovery_facet_count ORDER BY 1, 2") == counted
    assert sql.rows("SELECT * FROM discovery_word ORDER BY 1, 2") == words


def test_the_numbers_kept_equal_the_numbers_counted() -> None:
    """The control: were a product removed without its counts, the sums would drift."""
    make.shop()
    catalog.category("kueche", de="Küche")
    catalog.brand("hafen", "Hafen")
    ids = [
        make.goods(f"kanne {n}", categories=("kueche",), brand="hafen", stock=n) for n in range(3)
    ]
    make.build()
    unpublish_product(product_id=ids[1], channel_code=make.SHOP, now=make.LATER, actor=SYSTEM)
    make.receive("kanne 0", 4)
    refresh_products(ids, now=make.LATER)
    refresh_stock([make.variant_of("kanne 0")], now=make.NOON)

    counted = sql.rows(
        "SELECT shelf, token, count(*) FROM discovery_entry e, unnest(e.shelves) shelf,"
        " unnest(e.tokens || CASE WHEN e.available > 0 THEN ARRAY("
        "   SELECT t.id FROM discovery_token t"
        "   WHERE t.space_id = e.space_id AND t.facet = 'stock') END) token"
        " GROUP BY shelf, token ORDER BY shelf, token"
    )
    kept = sql.rows(
        "SELECT shelf_id, token_id, products FROM discovery_facet_count"
        " WHERE products <> 0 ORDER BY shelf_id, token_id"
    )
    assert kept == counted
