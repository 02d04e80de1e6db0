"""Search and suggestions on a real database."""

from __future__ import annotations

import pytest

from tresen.domains.discovery.queries import search, suggest, ways_on
from tresen.domains.discovery.tests.make import Goods, shop

pytestmark = pytest.mark.django_db

BIKE = [
    Goods(title="Lampe fürs Fahrrad", sku="AB-1234"),
    Goods(title="Fahrradlampe hell", brand="Luv"),
    Goods(title="Fahrradklingel aus Messing"),
    Goods(title="Käsemesser", shelves=["kueche"]),
    Goods(title="Steinpilze", summary="aus dem Wald"),
]


def found(text):
    return search(channel_code="web-de", locale="de", text=text)


def titles(text):
    return [entry.title for entry in found(text).entries]


def test_a_compound_is_found_by_its_parts_and_the_parts_by_the_compound():
    shop(BIKE)

    assert set(titles("Fahrradlampe")[:2]) == {"Fahrradlampe hell", "Lampe fürs Fahrrad"}
    assert set(titles("Lampe fürs Fahrrad")[:2]) == {"Fahrradlampe hell", "Lampe fürs Fahrrad"}
    assert titles("Fahrradlampe")[0] == "Fahrradlampe hell"


def test_umlauts_may_be_written_in_any_way():
    shop(BIKE)

    for text in ("Käsemesser", "Kasemesser", "Kaesemesser", "KÄSEMESSER"):
        assert titles(text)[0] == "Käsemesser"


def test_a_typing_error_is_corrected_where_nothing_else_is_found():
    shop(BIKE)

    page = found("Fahradklingel")

    assert page.corrected == "fahrradklingel"
    assert page.entries[0].title == "Fahrradklingel aus Messing"


def test_an_article_number_comes_first_and_is_never_corrected():
    shop(BIKE)

    assert titles("ab1234") == ["Lampe fürs Fahrrad"]
    assert found("ab1235").total == 0


def test_suggestions():
    shop(BIKE)

    got = suggest(channel_code="web-de", locale="de", text="fahr")

    assert [s.label for s in got.terms][:2] == ["fahrrad", "fahrradklingel"]
    assert {s.label for s in got.products} == {
        "Lampe fürs Fahrrad",
        "Fahrradlampe hell",
        "Fahrradklingel aus Messing",
    }
    assert ways_on(channel_code="web-de", locale="de").categories[0].slug == "kueche"
