"""Lists, facets and pages on a real database."""

from __future__ import annotations

import sys

import pytest
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from tresen.domains.discovery.commands import lock_channel, remove_entries
from tresen.domains.discovery.queries import (
    browse,
    category_cards,
    newest,
    shelf_counts,
    ways_on,
)
from tresen.domains.discovery.rules import BadCursor, BadLimit, sound_filters
from tresen.domains.discovery.tests.make import Goods, category_id, put, shop
from tresen.domains.discovery.types import Filters, Page, Sort

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
KITCHEN = category_id("kueche")
SORTS = [sort for sort in Sort if sort is not Sort.RELEVANCE]


def kitchen(*, filters: Filters | None = None, sort: Sort = Sort.RANK) -> Page:
    return browse(
        channel_code="web-de",
        locale="de",
        category=KITCHEN,
        filters=filters or Filters(),
        sort=sort,
    )


def titles(page: Page) -> list[str]:
    return [entry.title for entry in page.entries]


def counts(page: Page) -> dict[str, dict[str, int]]:
    return {facet.code: {v.value: v.count for v in facet.values} for facet in page.facets}


def span(page: Page) -> tuple[int, int] | None:
    return (page.prices.low.minor, page.prices.high.minor) if page.prices else None


def test_a_shelf_shows_its_goods_with_facets_and_prices() -> None:
    shop(SHELF)

    page = kitchen(sort=Sort.PRICE)

    assert titles(page) == ["Tasse", "Teller", "Kanne"]
    assert (page.total, page.total_is_exact, span(page)) == (3, True, (900, 3000))
    assert counts(page)["brand"] == {"elbe": 2, "alster": 1}
    assert counts(page)["attr.farbe"] == {"blau": 1, "rot": 2}
    assert counts(page)["stock"] == {"in_stock": 2}


def test_a_shelf_is_also_found_by_its_address() -> None:
    shop(SHELF)

    page = browse(channel_code="web-de", locale="de", category="kueche")

    assert sorted(titles(page)) == ["Kanne", "Tasse", "Teller"]


def test_what_is_sold_out_stands_last_and_what_sells_well_first() -> None:
    shop([*SHELF, Goods(title="Topf", shelves=["kueche"], demand=50)])

    assert titles(kitchen())[0] == "Topf"
    assert titles(kitchen())[-1] == "Teller"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.PRICE, ["Tasse", "Teller", "Kanne"]),
        (Sort.PRICE_DOWN, ["Kanne", "Teller", "Tasse"]),
        (Sort.NAME, ["Kanne", "Tasse", "Teller"]),
    ],
)
def test_orders(sort: Sort, expected: list[str]) -> None:
    shop(SHELF)

    assert titles(kitchen(sort=sort)) == expected
    filtered = kitchen(sort=sort, filters=sound_filters(price_min=1))
    assert titles(filtered) == expected


def test_filters_narrow_the_list_and_each_facet_counts_what_the_others_leave() -> None:
    shop(SHELF)

    page = kitchen(filters=sound_filters(brands=["elbe"], attributes={"farbe": ["rot"]}))

    assert titles(page) == ["Tasse"]
    assert counts(page)["brand"] == {"elbe": 1, "alster": 1}
    assert counts(page)["attr.farbe"] == {"blau": 1, "rot": 1}
    chosen = {v.value for f in page.facets for v in f.values if v.chosen}
    assert chosen == {"elbe", "rot"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (sound_filters(brands=["elbe", "alster"]), ["Kanne", "Tasse", "Teller"]),
        (sound_filters(brands=["nobody"]), []),
        (sound_filters(attributes={"farbe": ["rot", "blau"]}), ["Kanne", "Tasse", "Teller"]),
        (sound_filters(attributes={"farbe": ["rot"], "form": ["rund"]}), []),
        (sound_filters(price_min=900, price_max=1200), ["Tasse", "Teller"]),
        (sound_filters(price_min=901), ["Kanne", "Teller"]),
        (sound_filters(in_stock=True), ["Kanne", "Tasse"]),
        (sound_filters(in_stock=True, price_max=1000, brands=["elbe"]), ["Tasse"]),
        (sound_filters(in_stock=True, brands=["alster"]), []),
    ],
)
def test_every_filter_alone_and_with_others(filters: Filters, expected: list[str]) -> None:
    shop(SHELF)

    page = kitchen(filters=filters)

    assert sorted(titles(page)) == expected
    assert page.total == len(expected)


def test_the_price_span_leaves_the_price_filter_aside() -> None:
    shop(SHELF)

    assert span(kitchen(filters=sound_filters(price_min=1000))) == (900, 3000)
    assert span(kitchen(filters=sound_filters(price_min=1000, brands=["elbe"]))) == (900, 3000)
    assert span(kitchen(filters=sound_filters(brands=["alster"]))) == (1200, 1200)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filters", [Filters(), sound_filters(brands=["elbe"])])
def test_pages_show_everything_once_forwards_and_backwards(sort: Sort, filters: Filters) -> None:
    shop([Goods(title=f"Ding {n:02d}", price=1000 + n // 4, newness=n // 3) for n in range(11)])

    def page(cursor: str) -> Page:
        return browse(
            channel_code="web-de", locale="de", filters=filters, sort=sort, cursor=cursor, limit=4
        )

    pages = [page("")]
    while pages[-1].next_cursor:
        pages.append(page(pages[-1].next_cursor))
    forwards = [titles(one) for one in pages]
    backwards = [titles(pages[-1])]
    last = pages[-1]
    while last.prev_cursor:
        last = page(last.prev_cursor)
        backwards.insert(0, titles(last))

    assert [len(one) for one in forwards] == [4, 4, 3]
    assert len({title for one in forwards for title in one}) == 11
    assert backwards == forwards
    assert pages[0].prev_cursor == ""


def test_goods_that_come_and_go_do_not_move_the_next_page() -> None:
    space = shop([Goods(title=f"Ding {n}", price=n) for n in range(2, 8)])
    first = browse(channel_code="web-de", locale="de", sort=Sort.PRICE, limit=2)

    put(space, [Goods(title="Ding 1", price=1)])
    with transaction.atomic():
        lock_channel("web-de")
        remove_entries(space_id=space.id, product_ids=[first.entries[1].product_id])

    second = browse(
        channel_code="web-de", locale="de", sort=Sort.PRICE, limit=2, cursor=first.next_cursor
    )
    assert titles(first) == ["Ding 2", "Ding 3"]
    assert titles(second) == ["Ding 4", "Ding 5"]


@pytest.mark.parametrize("sort", SORTS)
def test_a_list_too_long_to_be_counted_is_still_in_order(
    sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop([Goods(title=f"Ding {n}", price=100 - n, newness=n, demand=n) for n in range(8)])
    filters = sound_filters(brands=["elbe"])
    exact = browse(channel_code="web-de", locale="de", filters=filters, sort=sort, limit=3)
    module = sys.modules["tresen.domains.discovery.queries.browse"]
    monkeypatch.setattr(module, "FACET_ROWS_MAX", 5)
    monkeypatch.setattr(module, "MATCHED_LIMIT", "LIMIT 6")

    page = browse(channel_code="web-de", locale="de", filters=filters, sort=sort, limit=3)
    second = browse(
        channel_code="web-de",
        locale="de",
        filters=filters,
        sort=sort,
        limit=3,
        cursor=page.next_cursor,
    )

    assert (page.total, page.total_is_exact) == (5, False)
    assert titles(page) == titles(exact)
    assert not set(titles(second)) & set(titles(page))


def test_another_channel_and_language_see_nothing_of_it() -> None:
    shop(SHELF)

    assert browse(channel_code="web-at", locale="de").entries == ()
    assert browse(channel_code="web-de", locale="en").total == 0


def test_two_languages_do_not_mix() -> None:
    shop([Goods(title="Kanne", brand="Elbe")])
    shop([Goods(title="Pot", brand="Elbe")], locale="en")
    filters = sound_filters(brands=["elbe"])

    assert titles(browse(channel_code="web-de", locale="de", filters=filters)) == ["Kanne"]
    assert titles(browse(channel_code="web-de", locale="en", filters=filters)) == ["Pot"]


def test_forged_cursors_and_page_sizes_are_refused() -> None:
    shop(SHELF)

    with pytest.raises(BadCursor):
        browse(channel_code="web-de", locale="de", cursor="abc")
    with pytest.raises(BadLimit):
        browse(channel_code="web-de", locale="de", limit=101)


def test_newest_first_cards_counts_and_ways_on() -> None:
    shop([*SHELF, Goods(title="Neu", newness=9, shelves=["spiel"])])

    assert titles(newest(channel_code="web-de", locale="de", limit=1)) == ["Neu"]
    wanted = [KITCHEN, category_id("spiel"), category_id("none")]
    cards = category_cards(channel_code="web-de", locale="de", category_ids=wanted)
    assert [(card.label, card.count) for card in cards] == [("Kueche", 3), ("Spiel", 2)]
    assert cards[0].picture is not None
    assert shelf_counts(channel_code="web-de", locale="de")[KITCHEN] == 3
    ways = ways_on(channel_code="web-de", locale="de")
    assert [way.slug for way in ways.categories] == ["kueche", "spiel"]
    assert len(ways.products) == 4


def test_a_page_costs_two_statements_then_one_and_a_filtered_one_costs_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shop(SHELF)
    newest(channel_code="web-de", locale="de")  # the space is remembered

    with django_assert_num_queries(2):
        first = kitchen()
    with django_assert_num_queries(1):
        assert kitchen() == first
    with django_assert_num_queries(1):
        kitchen(
            filters=sound_filters(brands=["elbe"], attributes={"farbe": ["rot"]}, in_stock=True)
        )
    with django_assert_num_queries(1):
        newest(channel_code="web-de", locale="de")
    with django_assert_num_queries(1):
        category_cards(channel_code="web-de", locale="de", category_ids=[KITCHEN])
