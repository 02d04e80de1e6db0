"""Lists, facets and pages on a real database."""

from __future__ import annotations

import pytest

from tresen.domains.discovery.queries import browse
from tresen.domains.discovery.rules import sound_filters
from tresen.domains.discovery.tests.make import Goods, category_id, shop
from tresen.domains.discovery.types import Sort

pytestmark = pytest.mark.django_db

SHELF = [
    Goods(title="Kanne", brand="Elbe", price=3000, shelves=["kueche"], values={"farbe": "blau"}),
    Goods(title="Tasse", brand="Elbe", price=900, shelves=["kueche"], values={"farbe": "rot"}),
    Goods(
        title="Teller",
        brand="Alster",
        price=1200,
        shelves=["kueche"],
        values={"farbe": "rot"},
        available=0,
    ),
    Goods(title="Ball", brand="Alster", price=1500, shelves=["spiel"]),
]


def titles(page):
    return [entry.title for entry in page.entries]


def test_a_shelf_shows_its_goods_with_facets_and_prices():
    shop(SHELF)

    page = browse(
        channel_code="web-de", locale="de", category=category_id("kueche"), sort=Sort.PRICE
    )

    assert titles(page) == ["Tasse", "Teller", "Kanne"]
    assert (page.total, page.total_is_exact) == (3, True)
    assert (page.prices.low.minor, page.prices.high.minor) == (900, 3000)
    facets = {f.code: {v.value: v.count for v in f.values} for f in page.facets}
    assert facets["brand"] == {"elbe": 2, "alster": 1}
    assert facets["attr.farbe"] == {"blau": 1, "rot": 2}
    assert facets["stock"] == {"in_stock": 2}


def test_filters_narrow_the_list_and_each_facet_counts_what_the_others_leave():
    shop(SHELF)
    filters = sound_filters(brands=["elbe"], attributes={"farbe": ["rot"]})

    page = browse(
        channel_code="web-de", locale="de", category=category_id("kueche"), filters=filters
    )

    assert titles(page) == ["Tasse"]
    facets = {f.code: {v.value: v.count for v in f.values} for f in page.facets}
    assert facets["brand"] == {"elbe": 1, "alster": 1}
    assert facets["attr.farbe"] == {"blau": 1, "rot": 1}
