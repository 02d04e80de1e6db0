"""Lists made from the catalogue, prices and stock, beside those that are read."""

from __future__ import annotations

from uuid import UUID

import pytest

from tresen.domains.catalog.tests import make as catalog
from tresen.domains.catalog.types import AttributeKind
from tresen.domains.discovery.commands import BuildOvertaken, open_space, switch_space
from tresen.domains.discovery.queries import list_left_spaces, list_spaces, search
from tresen.domains.discovery.types import Entry
from tresen.foundation import sql
from tresen.workflows.listing.rebuild import leave_closed, rebuild, rebuild_missing, sweep
from tresen.workflows.listing.refresh import refresh_products
from tresen.workflows.listing.tests import make

pytestmark = pytest.mark.django_db


def entry_of(page_locale: str = "de") -> Entry:
    (entry,) = make.listed(page_locale).entries
    return entry


def test_a_product_is_listed_with_words_price_stock_and_facets() -> None:
    make.shop()
    catalog.brand("hafen", "Hafen")
    catalog.category("kueche", de="Küche", en="Kitchen")
    catalog.attribute("glanz", AttributeKind.TEXT, is_filterable=True)
    make.goods(
        "teekanne",
        price="19.90",
        stock=3,
        brand="hafen",
        categories=("kueche",),
        attributes={"glanz": {"de": "matt", "en": "dull"}},
    )

    shown = make.build()

    page, entry = make.listed(), entry_of()
    assert shown == 1
    assert (entry.title, entry.brand, entry.price.minor, entry.available) == (
        "Teekanne", "Hafen", 1990, 3,
    )  # fmt: skip
    assert entry_of("en").title == "Teekanne in English"
    facets = {f.code: [(v.label, v.count) for v in f.values] for f in page.facets}
    assert facets["category"] == [("Küche", 1)]
    assert facets["brand"] == [("Hafen", 1)]
    assert facets["stock"] == [("Auf Lager", 1)]
    found = search(channel_code=make.SHOP, locale="de", text="matt")
    assert [one.title for one in found.entries] == ["Teekanne"]


def test_what_has_no_price_or_is_not_published_is_not_listed() -> None:
    make.shop()
    make.goods("kanne")
    make.goods("teller", price="")
    make.goods("tasse", published=False)

    assert make.build() == 1

    assert make.titles(make.listed()) == ["Kanne"]


def test_more_stock_than_is_shown_counts_as_the_limit() -> None:
    make.shop()
    make.goods("kanne", stock=500)

    make.build()

    assert entry_of().available == 20


def test_while_a_new_space_is_built_the_old_one_is_read() -> None:
    channel = make.shop()
    make.goods("kanne")
    make.build()
    make.goods("tasse")
    seen: list[list[str]] = []

    rebuild(
        channel=channel,
        clock=lambda: make.NOON,
        progress=lambda _done, _total: seen.append(make.titles(make.listed())),
    )

    assert seen[0] == ["Kanne"]
    assert make.titles(make.listed()) == ["Kanne", "Tasse"]


def test_a_change_during_a_rebuild_is_in_the_old_and_in_the_new_lists() -> None:
    channel = make.shop()
    product_id = make.goods("kanne")
    make.build()
    added: list[UUID] = []

    def change(_done: int, _total: int) -> None:
        if not added:
            added.append(make.goods("tasse"))
            refresh_products([*added, product_id], now=make.NOON)
            assert make.titles(make.listed()) == ["Kanne", "Tasse"]

    rebuild(channel=channel, clock=lambda: make.NOON, progress=change)

    assert make.titles(make.listed()) == ["Kanne", "Tasse"]
    assert make.listed().total == 2


def test_a_second_build_makes_the_first_one_give_up() -> None:
    channel = make.shop()
    make.goods("kanne")
    first = open_space(
        channel_code=make.SHOP, locale="de", market="de", currency="EUR", now=make.NOON
    )

    rebuild(channel=channel, clock=lambda: make.NOON)

    with pytest.raises(BuildOvertaken):
        switch_space(space=first, now=make.NOON)
    assert make.titles(make.listed()) == ["Kanne"]


def test_rows_of_left_spaces_are_swept_and_nothing_else() -> None:
    make.shop()
    make.goods("kanne", stock=2)
    make.build()
    make.build()
    assert list_left_spaces(now=make.NOON) == []
    assert len(list_left_spaces(now=make.LATER)) == 2

    sweep(now=make.LATER)

    assert list_left_spaces(now=make.LATER) == []
    spaces = sorted(space.id for space in list_spaces())
    for table in ("entry", "token", "word"):
        found = sql.rows(f"SELECT DISTINCT space_id FROM discovery_{table} ORDER BY 1")  # noqa: S608
        assert [row[0] for row in found] == spaces
    assert sql.rows("SELECT count(*) FROM discovery_place") == [(2,)]
    assert make.listed().total == 1


def test_channels_without_lists_get_them_and_those_of_closed_ones_go() -> None:
    make.shop()
    make.goods("kanne")

    assert rebuild_missing(clock=lambda: make.NOON) == 1
    assert rebuild_missing(clock=lambda: make.NOON) == 0
    assert make.titles(make.listed()) == ["Kanne"]

    sql.run("UPDATE stores_channel SET is_open = false")
    leave_closed(now=make.NOON)
    assert make.listed().entries == ()
