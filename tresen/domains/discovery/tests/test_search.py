"""Search and suggestions on a real database."""

from __future__ import annotations

import sys

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from tresen.domains.discovery.queries import search, suggest
from tresen.domains.discovery.rules import sound_filters
from tresen.domains.discovery.tests.make import Goods, shop
from tresen.domains.discovery.types import SearchPage, Sort, Suggestions

pytestmark = pytest.mark.django_db

QUERIES = "tresen.domains.discovery.queries"

BIKE = [
    Goods(title="Lampe fürs Fahrrad", sku="AB-1234", price=2000),
    Goods(title="Fahrradlampe hell", brand="Luv", price=3000),
    Goods(title="Fahrradklingel aus Messing", values={"farbe": "gold"}),
    Goods(title="Käsemesser", shelves=["kueche"]),
    Goods(title="Steinpilze", summary="aus dem Wald"),
    Goods(title="USB-C Kabel", description="Lädt Lampen"),
]
MANY = [Goods(title=f"Becher {n}", brand="Elbe" if n % 2 else "Alster") for n in range(12)]
HOSTILE = [
    "' OR 1=1 --", "'; DROP TABLE discovery_entry; --", "a' & !('b' | :*", "<-> <2> :A*", "\\",
    "%s %(x)s {} {0}", "\x00", "a\x00b", "\ud800", "(" * 500, "x" * 50_000, "ä " * 20_000,
    "1" * 300, "- - -", "&&&", "!lampe", "lampe:*", "'lampe'", "\u202e\u200b", "𝔩𝔞𝔪𝔭𝔢", "😀",
]  # fmt: skip


def found(text: str, **more: object) -> SearchPage:
    return search(channel_code="web-de", locale="de", text=text, **more)  # type: ignore[arg-type]


def titles(text: str, **more: object) -> list[str]:
    return [entry.title for entry in found(text, **more).entries]


def suggested(text: str) -> Suggestions:
    return suggest(channel_code="web-de", locale="de", text=text)


def test_a_compound_is_found_by_its_parts_and_the_parts_by_the_compound() -> None:
    shop(BIKE)

    assert titles("Fahrradlampe")[:2] == ["Fahrradlampe hell", "Lampe fürs Fahrrad"]
    assert set(titles("Lampe fürs Fahrrad")[:2]) == {"Fahrradlampe hell", "Lampe fürs Fahrrad"}
    assert set(titles("Klingel")) == {"Fahrradklingel aus Messing"}


def test_umlauts_may_be_written_in_any_way() -> None:
    shop(BIKE)

    for text in ("Käsemesser", "Kasemesser", "Kaesemesser", "KÄSEMESSER"):
        assert titles(text)[0] == "Käsemesser"


def test_words_are_found_in_other_forms_and_in_joined_ones() -> None:
    shop(BIKE)

    assert titles("Steinpilz") == ["Steinpilze"]
    assert titles("Klingeln")[0] == "Fahrradklingel aus Messing"
    for text in ("usb-c", "usb c", "USB C Kabel"):
        assert titles(text)[0] == "USB-C Kabel"


def test_what_stands_in_the_title_comes_before_what_stands_in_the_text() -> None:
    shop(BIKE)

    assert titles("Lampe")[-1] == "USB-C Kabel"


def test_the_better_selling_of_equals_comes_first_and_the_sold_out_last() -> None:
    shop(
        [
            Goods(title="Tasse A", available=0),
            Goods(title="Tasse B"),
            Goods(title="Tasse C", demand=40),
        ]
    )

    assert titles("Tasse") == ["Tasse C", "Tasse B", "Tasse A"]


def test_a_typing_error_is_corrected_where_nothing_else_is_found() -> None:
    shop(BIKE)

    page = found("Fahradklingel")

    assert (page.corrected, page.did_you_mean) == ("fahrradklingel", "")
    assert page.entries[0].title == "Fahrradklingel aus Messing"


def test_a_word_that_finds_something_is_never_replaced_but_doubted() -> None:
    shop([Goods(title="Kane Wasserball"), *(Goods(title=f"Kanne {n}") for n in range(30))])

    page = found("Kane")

    assert [entry.title for entry in page.entries] == ["Kane Wasserball"]
    assert (page.corrected, page.did_you_mean) == ("", "kanne")


def test_one_wrong_word_of_several_is_corrected() -> None:
    shop(BIKE)

    page = found("Fahradklingel Messing")

    assert page.corrected == "fahrradklingel messing"
    assert page.entries[0].title == "Fahrradklingel aus Messing"


def test_an_article_number_comes_first_and_is_never_corrected() -> None:
    shop(BIKE)

    for text in ("ab1234", "AB-1234", "ab 1234"):
        assert titles(text)[0] == "Lampe fürs Fahrrad"
    assert found("ab1235").total == 0
    assert found("4006381333931").corrected == ""


def test_some_words_are_enough_where_all_together_find_little() -> None:
    shop([*BIKE, *MANY])

    page = found("Becher Messing")

    assert page.some_words_only
    assert {entry.title for entry in page.entries} >= {"Fahrradklingel aus Messing", "Becher 1"}
    assert not found("Becher").some_words_only


def test_a_search_can_be_filtered_sorted_and_paged() -> None:
    shop(MANY)

    elbe = found("Becher", filters=sound_filters(brands=["elbe"]))
    assert elbe.total == 6
    facets = {f.code: {v.value: v.count for v in f.values} for f in elbe.facets}
    assert facets["brand"] == {"elbe": 6, "alster": 6}
    first = found("Becher", sort=Sort.NAME, limit=5)
    second = found("Becher", sort=Sort.NAME, limit=5, cursor=first.next_cursor)
    assert [e.title for e in first.entries][:3] == ["Becher 0", "Becher 1", "Becher 10"]
    assert second.entries[0].title == "Becher 3"
    by_relevance = found("Becher", limit=5)
    rest = found("Becher", limit=100, cursor=by_relevance.next_cursor)
    assert len({e.title for e in (*by_relevance.entries, *rest.entries)}) == 12


@pytest.mark.parametrize("sort", [Sort.PRICE, Sort.PRICE_DOWN, Sort.NAME, Sort.NEWEST])
def test_of_very_many_hits_the_first_in_an_order_is_the_first(
    sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop([Goods(title=f"Becher {n:02d}", price=n * 7 % 30, newness=n) for n in range(30)])
    filters = sound_filters(price_min=1)
    exact = found("Becher", sort=sort, filters=filters, limit=4)
    monkeypatch.setattr(sys.modules[f"{QUERIES}.search"], "HITS_MAX", 9)
    monkeypatch.setattr(sys.modules[f"{QUERIES}.hits"], "_LIMIT", "LIMIT 10")

    page = found("Becher", sort=sort, filters=filters, limit=4)
    second = found("Becher", sort=sort, filters=filters, limit=4, cursor=page.next_cursor)

    assert (page.total, page.total_is_exact) == (9, False)
    assert page.entries == exact.entries
    assert not {e.title for e in second.entries} & {e.title for e in page.entries}


def test_an_empty_question_finds_nothing() -> None:
    shop(BIKE)

    for text in ("", "   ", "!?", "\0"):
        assert found(text).entries == ()
        assert suggested(text) == Suggestions()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(text: str) -> None:
    shop(BIKE)

    found(text)
    found(text, filters=sound_filters(brands=["elbe"], price_min=1, in_stock=True))
    suggested(text)

    assert len(titles("Fahrradlampe")) >= 2


def test_suggestions_while_typing() -> None:
    shop(BIKE)

    got = suggested("fahr")

    assert [one.label for one in got.terms][:2] == ["fahrrad", "fahrradklingel"]
    assert {one.label for one in got.products} == {
        "Lampe fürs Fahrrad",
        "Fahrradlampe hell",
        "Fahrradklingel aus Messing",
    }
    assert [one.label for one in suggested("kue").categories] == ["Kueche"]
    assert [one.label for one in suggested("lampe fü").terms] == ["lampe fürs"]
    assert suggested("f") == Suggestions()


def test_most_searches_cost_one_statement_and_none_more_than_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shop([*BIKE, *MANY])
    found("Becher")

    with django_assert_num_queries(1):
        assert found("Becher").total == 12
    for text in ("Fahrradlampe", "Fahradlampe", "xylophon", "Becher Messing gold"):
        with django_assert_num_queries(3):
            found(text)
    with django_assert_num_queries(1):
        suggested("fahr")
