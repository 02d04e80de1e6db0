"""Reads give what was written, in the reader's language, in a handful of statements."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from tresen.domains.catalog.commands import edit_product, put_products
from tresen.domains.catalog.queries import (
    CursorUnsound,
    NoSuchCategory,
    NoSuchProduct,
    ask_snapshots,
    ask_variants_of,
    category_tree,
    count_products,
    find_variant_by_sku,
    find_variants_by_gtin,
    get_category,
    get_draft,
    get_product,
    list_changed_product_ids,
    list_locales,
    list_product_ids,
    list_products,
    projection_rows,
    stream_published,
    variant_ids_by_sku,
)
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import (
    AttributeKind,
    ContentUnit,
    MediaDraft,
    ProductListRow,
    ProductSort,
    ProductStatus,
    Window,
)
from tresen.foundation.actor import SYSTEM

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[object]]
LATER = make.NOON + timedelta(days=1)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FAR_OFF = datetime(2999, 1, 1, tzinfo=UTC)


KEYS: dict[ProductSort, Callable[[ProductListRow], str]] = {
    ProductSort.NAME: lambda row: row.name.lower(),
    ProductSort.CODE: lambda row: row.code,
    ProductSort.CHANGED: lambda row: str(FAR_OFF - row.changed_at),
}


@pytest.fixture
def kanne() -> UUID:
    """A product with everything, in German and half in English."""
    make.brand()
    make.category("kueche", de="Küche", en="Kitchen")
    make.category("kueche/tee", de="Tee")
    make.category("geschenke", de="Geschenke", en="Gifts")
    make.colours()
    make.attribute("material", is_filterable=True, position=2)
    make.attribute("volume", AttributeKind.NUMBER, unit="ml", position=1)
    general, blue = make.picture(1), make.picture(2)
    return make.product(
        "kanne",
        brand="hafen",
        categories=("kueche/tee", "geschenke"),
        options=("colour",),
        listed_on=date(2027, 1, 2),
        attributes={"material": {"de": "Ton", "en": "Clay"}, "volume": 900},
        texts={
            "de": make.text("Teekanne", summary="Für zwei", description="<p>Gut &amp; rund</p>"),
            "en": make.text("Tea pot"),
        },
        variants=(
            make.variant(
                "K-RED",
                choices={"colour": "red"},
                gtin=make.GTIN,
                other_gtins=(make.OTHER_GTIN,),
                weight_g=850,
                origin_country="DE",
                tariff_code="691110",
                content_amount=Decimal("0.9"),
                content_unit=ContentUnit.METRE,
                max_per_order=5,
            ),
            make.variant("K-BLUE", choices={"colour": "blue"}, is_default=True),
            make.variant("K-OLD", choices={"colour": "red"}, is_archived=True),
        ),
        media=(
            MediaDraft(picture=general, alt={"de": "Kanne", "en": "Pot"}),
            MediaDraft(picture=blue, alt={"de": "Blau", "en": "Blue"}, sku="K-BLUE"),
        ),
    )


def test_the_product_page_says_everything_in_three_statements(
    kanne: UUID, django_assert_num_queries: Budget
) -> None:
    with django_assert_num_queries(3):
        page = get_product("teekanne", channel_code=make.CHANNEL, locale="de", at=make.NOON)

    assert (page.product_id, page.name, page.slug) == (kanne, "Teekanne", "teekanne")
    assert page.slugs == {"de": "teekanne", "en": "tea-pot"}
    assert page.brand is not None
    assert page.brand.name == "Hafen"
    assert [row.name for row in page.categories] == ["Tee", "Geschenke"]
    assert [row.name for row in page.trail] == ["Küche", "Tee"]
    assert [(o.label, [v.label for v in o.values]) for o in page.options] == [
        ("Farbe", ["Blau", "Rot"])
    ]
    assert [variant.sku for variant in page.variants] == ["K-RED", "K-BLUE"]
    assert page.default_variant.sku == "K-BLUE"
    assert [(a.label, a.value, a.unit) for a in page.attributes] == [
        ("Volume", Decimal(900), "ml"),
        ("Material", "Ton", ""),
    ]
    assert [picture.alt for picture in page.media] == ["Kanne", "Blau"]
    assert page.media[1].variant_id == page.default_variant.variant_id
    assert page.listed_on == date(2027, 1, 2)


def test_the_page_speaks_english_and_fills_gaps_with_german(kanne: UUID) -> None:
    page = get_product("tea-pot", channel_code=make.CHANNEL, locale="en", at=make.NOON)

    assert (page.name, page.locale) == ("Tea pot", "en")
    assert [row.name for row in page.trail] == ["Kitchen", "Tee"]
    assert [a.value for a in page.attributes if a.code == "material"] == ["Clay"]
    assert page.media[0].alt == "Pot"


def test_a_language_that_the_product_does_not_speak_falls_back() -> None:
    make.product("kanne")

    page = get_product("teekanne", channel_code=make.CHANNEL, locale="en", at=make.NOON)

    assert (page.name, page.locale, page.slug) == ("Teekanne", "de", "teekanne")


def test_former_and_foreign_addresses_lead_to_the_present_one(kanne: UUID) -> None:
    _, draft = get_draft(kanne)
    texts = {**draft.texts, "de": make.text("Kanne", slug="kanne")}
    changed = make.replaced(draft, texts=texts)
    edit_product(product_id=kanne, revision=2, draft=changed, now=LATER, actor=SYSTEM)

    for asked in ("kanne", "teekanne", "tea-pot"):
        page = get_product(asked, channel_code=make.CHANNEL, locale="de", at=LATER)
        assert page.slug == "kanne"


def test_a_present_address_goes_before_a_former_one() -> None:
    make.product("alt", texts={"de": make.text("Alt")}, old_slugs={"de": ("neu",)})
    make.product("neu", texts={"de": make.text("Neu")})

    assert get_product("neu", channel_code=make.CHANNEL, locale="de", at=make.NOON).code == "neu"


def test_an_unknown_product_or_channel_is_not_found(kanne: UUID) -> None:
    for slug, channel in (("nix", make.CHANNEL), ("teekanne", "nowhere")):
        with pytest.raises(NoSuchProduct):
            get_product(slug, channel_code=channel, locale="de", at=make.NOON)
    early = make.NOON - timedelta(days=1)
    with pytest.raises(NoSuchProduct):
        get_product("teekanne", channel_code=make.CHANNEL, locale="de", at=early)


def test_snapshots_of_many_variants_are_one_statement(
    kanne: UUID, django_assert_num_queries: Budget
) -> None:
    ids = variant_ids_by_sku(["K-RED", "K-BLUE", "K-OLD", "nix"])
    assert sorted(ids) == ["K-BLUE", "K-OLD", "K-RED"]

    with django_assert_num_queries(1):
        asked = ask_snapshots(
            list(ids.values()), channel_code=make.CHANNEL, locale="de", at=make.NOON
        )
        found = asked.answer()

    assert set(found) == {ids["K-RED"], ids["K-BLUE"]}
    red, blue = found[ids["K-RED"]], found[ids["K-BLUE"]]
    assert (red.title, red.options, red.slug) == ("Teekanne", "Farbe: Rot", "teekanne")
    assert (red.gtin, red.weight_g, red.origin_country) == (make.GTIN, 850, "DE")
    assert (red.content_amount, red.content_unit) == (Decimal("0.900"), "m")
    assert (red.tax_category, red.max_per_order, red.tariff_code) == ("standard", 5, "691110")
    assert red.picture_alt == "Kanne"
    assert blue.picture_alt == "Blau"
    assert blue.picture_url.endswith("/320.webp")


def test_without_a_moment_snapshots_are_of_the_transaction_s_now() -> None:
    make.product("past", published=False, channels={make.channel(): Window(from_at=LONG_AGO)})
    make.product("future", published=False, channels={make.CHANNEL: Window(from_at=FAR_OFF)})
    ids = variant_ids_by_sku(["past-1", "future-1"])

    found = ask_snapshots(list(ids.values()), channel_code=make.CHANNEL, locale="de").answer()

    assert set(found) == {ids["past-1"]}


def test_variants_are_found_by_their_numbers(kanne: UUID) -> None:
    by_sku = find_variant_by_sku(" K-RED ")
    assert by_sku is not None
    assert (by_sku.product_code, by_sku.gtin) == ("kanne", make.GTIN)
    assert find_variant_by_sku("nix") is None
    assert [found.sku for found in find_variants_by_gtin("4006381-333931")] == ["K-RED"]
    assert find_variants_by_gtin("") == []
    assert find_variants_by_gtin("no number") == []
    assert [len(ids) for ids in ask_variants_of([kanne]).answer().values()] == [2]


def test_the_tree_is_one_statement_and_a_shelf_another(
    kanne: UUID, django_assert_num_queries: Budget
) -> None:
    with django_assert_num_queries(1):
        tree = category_tree(locale="de")
    with django_assert_num_queries(1):
        page = get_category("kueche", locale="de")

    assert [node.category.name for node in tree] == ["Geschenke", "Küche"]
    assert (page.category.name, [row.name for row in page.children]) == ("Küche", ["Tee"])
    assert page.slugs == {"de": "kueche", "en": "kitchen"}
    assert [row.name for row in get_category("tee", locale="de").trail] == ["Küche"]
    with pytest.raises(NoSuchCategory):
        get_category("nix", locale="de")


def test_the_back_office_list_is_one_statement_however_long(
    kanne: UUID, django_assert_num_queries: Budget
) -> None:
    put_products(
        [make.draft(f"p{n}", name=f"Ding {n:02}") for n in range(30)], now=LATER, actor=SYSTEM
    )

    with django_assert_num_queries(1):
        page = list_products(locale="de", limit=20)

    assert len(page.rows) == 20
    assert page.next_cursor


@pytest.mark.parametrize("sort", list(ProductSort))
def test_paging_shows_every_product_once_in_order(sort: ProductSort) -> None:
    for n in range(7):
        draft = make.draft(f"p{n}", name="Gleich" if n < 3 else f"Ding {9 - n}")
        put_products([draft], now=make.NOON + timedelta(hours=n % 3), actor=SYSTEM)

    seen: list[ProductListRow] = []
    cursor = ""
    while True:
        page = list_products(locale="de", sort=sort, cursor=cursor, limit=2)
        seen += page.rows
        cursor = page.next_cursor
        if not cursor:
            break

    assert len({row.code for row in seen}) == len(seen) == 7
    keys = [KEYS[sort](row) for row in seen]
    assert keys == sorted(keys)


@pytest.mark.parametrize("search", ["eekan", "K-R", make.GTIN, "kanne", "TEEKANNE"])
def test_the_list_is_searched_by_name_number_and_code(kanne: UUID, search: str) -> None:
    make.product("topf", name="Topf", published=False)

    page = list_products(locale="de", search=search)

    assert [row.code for row in page.rows] == ["kanne"]
    assert page.rows[0].sku == "K-BLUE"
    assert page.rows[0].variant_count == 2
    assert page.rows[0].channels == (make.CHANNEL,)


def test_a_search_with_many_matches_gives_the_same_list(
    kanne: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.product("topf", name="Topf", published=False)
    searches = ["eekan", "K-R", make.GTIN, "kanne", "o", "nix"]
    few = [list_products(locale="de", search=search).rows for search in searches]

    monkeypatch.setattr("tresen.domains.catalog.queries.listing._FEW", -1)

    assert [list_products(locale="de", search=search).rows for search in searches] == few


def test_what_means_something_to_like_is_searched_literally(kanne: UUID) -> None:
    make.product("prozent", name="100 % Leinen_tuch", published=False)

    assert [row.code for row in list_products(locale="de", search="0 %").rows] == ["prozent"]
    assert [row.code for row in list_products(locale="de", search="_").rows] == ["prozent"]


def test_the_list_is_filtered_by_status_and_brand(kanne: UUID) -> None:
    make.product("topf", published=False, status=ProductStatus.DRAFT)

    drafts = list_products(locale="de", status=ProductStatus.DRAFT)
    branded = list_products(locale="de", brand="hafen")

    assert [row.code for row in drafts.rows] == ["topf"]
    assert [row.code for row in branded.rows] == ["kanne"]


NUL_IN_IT = urlsafe_b64encode(json.dumps(["name", "\0", UUID(int=7).hex]).encode()).decode()


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WyJjb2RlIiwgMSwgMl0", "%%%", "ä", NUL_IN_IT])
def test_a_page_mark_that_was_altered_is_refused(cursor: str) -> None:
    with pytest.raises(CursorUnsound):
        list_products(locale="de", cursor=cursor)


def test_a_page_mark_of_another_order_is_refused() -> None:
    for n in range(3):
        make.product(f"p{n}", published=False)
    cursor = list_products(locale="de", limit=1).next_cursor

    with pytest.raises(CursorUnsound):
        list_products(locale="de", sort=ProductSort.CODE, cursor=cursor)


def test_the_projection_of_any_number_of_products_is_three_statements(
    kanne: UUID, django_assert_num_queries: Budget
) -> None:
    others = [make.product(f"p{n}") for n in range(3)]

    with django_assert_num_queries(3):
        rows = projection_rows(
            [kanne, *others], channel_code=make.CHANNEL, locales=["de", "en", "fr"]
        )

    row = next(one for one in rows if one.product_id == kanne)
    assert len(rows) == 4
    assert (row.brand_code, row.brand_name) == ("hafen", "Hafen")
    assert row.category_paths == ("kueche", "kueche/tee", "geschenke")
    assert row.filterable == {"material"}
    assert row.attributes == {"material": {"de": "Ton", "en": "Clay"}, "volume": 900}
    assert [variant.sku for variant in row.variants] == ["K-RED", "K-BLUE"]
    assert row.variants[0].gtins == (make.GTIN, make.OTHER_GTIN)
    german, english, french = row.texts
    assert (german.name, german.description) == ("Teekanne", "Gut & rund")
    assert german.category_names == ("Küche", "Tee", "Geschenke")
    assert english.category_names == ("Kitchen", "Tee", "Gifts")
    assert (french.name, french.locale, french.picture_alt) == ("Tea pot", "fr", "Pot")


def test_what_is_not_published_is_missing_from_the_projection(kanne: UUID) -> None:
    hidden = make.product("topf", published=False)

    assert projection_rows([hidden], channel_code=make.CHANNEL, locales=["de"]) == []
    assert projection_rows([kanne], channel_code="nowhere", locales=["de"]) == []


def test_all_that_is_published_streams_by_in_pages() -> None:
    ids = sorted(make.product(f"p{n}") for n in range(5))
    make.product("hidden", published=False)

    pages = list(stream_published(channel_code=make.CHANNEL, locales=["de"], page=2))

    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(row.product_id for page in pages for row in page) == ids


def test_products_are_walked_through_by_id_and_by_change() -> None:
    ids = sorted(make.product(f"p{n}", published=False) for n in range(3))
    put_products([make.draft("p1", name="Neu")], now=LATER, actor=SYSTEM)

    first = list_product_ids(limit=2)
    changed = list_changed_product_ids(since=make.NOON, limit=2)
    rest = list_changed_product_ids(since=make.NOON, after=changed[-1])

    assert first + list_product_ids(after=first[-1]) == ids
    assert [at for at, _ in changed] == [make.NOON, make.NOON]
    assert [at for at, _ in rest] == [LATER]
    assert count_products() == (3, 3)


def test_the_languages_spoken_are_counted_up(kanne: UUID) -> None:
    make.product("dzbanek", published=False, texts={"pl": make.text("Dzbanek")})

    assert list_locales() == ["de", "en", "pl"]
