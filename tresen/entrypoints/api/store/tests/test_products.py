"""Goods over the store API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import include, path

from tresen.domains.catalog.commands import edit_product
from tresen.domains.catalog.queries import get_draft
from tresen.domains.catalog.tests import make as catalog
from tresen.domains.catalog.types import TextDraft
from tresen.domains.stores.commands import make_publishable_key
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import inner
from tresen.workflows.listing.tests import make

urlpatterns = [path("api/", include("tresen.entrypoints.api.urls"))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

KEY = "pk_test"
API = "/api/store/v1"
HOSTILE = [
    "' OR 1=1 --",
    "'; DROP TABLE discovery_entry; --",
    '")) UNION SELECT NULL --',
    "%s %(x)s {} {0} \\",
    "a' & !('b' | :*",
    "<-> <2> :A*",
    "\x00",
    "a\x00b",
    "\ud83d\ude00 \u202e",
    "(" * 500,
    "x" * 5_000,
    "ä" * 150,
    "1" * 300,
    "-" * 50,
    "NaN",
    "../../etc/passwd",
    "\u0000\u0001\u001f",
]


@pytest.fixture
def client(db: None) -> Client:
    channel = make.shop()
    make_publishable_key(channel_id=channel.id, label="test", now=make.NOON, key=KEY)
    return Client(headers={"x-publishable-key": KEY, "accept-language": "de"})


def get(client: Client, address: str, **params: Any) -> Any:
    response = client.get(f"{API}{address}", params)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_list_says_price_with_tax_stock_and_facets(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    catalog.brand("hafen", "Hafen")
    make.goods("kanne", price="11.90", stock=3, categories=("kueche",), brand="hafen")
    make.build()

    body = get(client, "/products", category="kueche")

    (item,) = body["items"]
    assert item["title"] == "Kanne"
    assert item["id"].startswith("prd_")
    assert item["variant"].startswith("var_")
    assert item["price"] == {
        "net": {"amount": "10.00", "currency": "EUR", "minor": 1000},
        "tax": {"amount": "1.90", "currency": "EUR", "minor": 190},
        "gross": {"amount": "11.90", "currency": "EUR", "minor": 1190},
    }
    assert (item["tax_rate"], item["available"], item["in_stock"]) == ("19.00", 3, True)
    assert [facet["code"] for facet in body["facets"]] == ["category", "brand", "in_stock"]
    assert (body["total"], body["next"], body["search"]) == (1, "", None)


def test_pages_follow_the_cursor_and_come_back(client: Client) -> None:
    for n in range(5):
        make.goods(f"kanne{n}", price=f"{n + 1}.00")
    make.build()

    first = get(client, "/products", sort="price", limit=2)
    second = get(client, "/products", sort="price", limit=2, cursor=first["next"])
    third = get(client, "/products", sort="price", limit=2, cursor=second["next"])
    back = get(client, "/products", sort="price", limit=2, cursor=third["prev"])

    pages = [[item["title"] for item in page["items"]] for page in (first, second, third, back)]
    assert pages == [["Kanne0", "Kanne1"], ["Kanne2", "Kanne3"], ["Kanne4"], ["Kanne2", "Kanne3"]]
    assert third["next"] == ""
    assert first["prev"] == ""


def test_filters_by_brand_price_and_stock(client: Client) -> None:
    catalog.brand("hafen", "Hafen")
    make.goods("kanne", price="10.00", brand="hafen")
    make.goods("tasse", price="20.00", brand="hafen", stock=0)
    make.goods("ball", price="30.00")
    make.build()

    def found(**params: object) -> list[str]:
        return sorted(item["title"] for item in get(client, "/products", **params)["items"])

    assert found(brand="hafen") == ["Kanne", "Tasse"]
    assert found(brand="hafen", in_stock="true") == ["Kanne"]
    assert found(price_min="15", price_max="25,50") == ["Tasse"]
    assert found(brand=["hafen", "nobody"]) == ["Kanne", "Tasse"]
    assert found(brand="nobody") == []
    assert found(**{"attr.farbe": "rot"}) == []


def test_a_search_says_how_it_understood_the_words(client: Client) -> None:
    make.goods("fahrradlampe")
    make.build()

    assert get(client, "/products", q="Fahradlampe")["search"]["corrected"] == "fahrradlampe"
    nothing = get(client, "/products", q="xylophonie")
    assert nothing["items"] == []
    assert [one["label"] for one in nothing["search"]["ways_on"]["products"]] == ["Fahrradlampe"]
    terms = get(client, "/products/suggestions", q="fahr")["terms"]
    assert [term["label"] for term in terms] == ["fahrradlampe"]


def test_what_a_facet_shows_is_what_the_list_takes(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    make.goods("kanne", categories=("kueche",))
    make.goods("ball", stock=0)
    make.build()

    facets = {facet["code"]: facet["values"] for facet in get(client, "/products")["facets"]}

    (kueche,), (here,) = facets["category"], facets["in_stock"]
    assert kueche["value"].startswith("cat_")
    for code, value in (("category", kueche), ("in_stock", here)):
        found = get(client, "/products", **{code: value["value"]})
        assert (found["total"], found["items"][0]["title"]) == (value["count"], "Kanne")


def test_an_id_that_was_asked_for_as_an_address_spoils_no_later_answer(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    make.goods("kanne", categories=("kueche",))
    make.build()

    (kueche,) = get(client, "/categories")["items"]
    inside = str(inner("cat", kueche["id"]))
    refused = client.get(f"{API}/products", {"category": inside})

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (404, "category")
    assert get(client, "/products", category=kueche["id"])["total"] == 1


def test_a_search_stays_in_its_category(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    catalog.category("hof", de="Hof")
    make.goods("kanne", categories=("kueche",))
    make.build()

    def total(category: str) -> int:
        return int(get(client, "/products", q="kanne", category=category)["total"])

    ids = {one["slug"]: one["id"] for one in get(client, "/categories")["items"]}
    assert [total("kueche"), total(ids["kueche"]), total("hof")] == [1, 1, 0]
    nowhere = client.get(f"{API}/products", {"q": "kanne", "category": "nowhere"})
    assert (nowhere.status_code, nowhere.json()["errors"][0]["field"]) == (404, "category")


def test_a_product_with_everything_about_it(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    make.goods("kanne", price="11.90", stock=3, categories=("kueche",), summary="Aus Ton")
    make.build()

    body = get(client, "/products/kanne")

    assert (body["title"], body["summary"]) == ("Kanne", "Aus Ton")
    assert [step["name"] for step in body["trail"]] == ["Küche"]
    assert body["slugs"] == {"de": "kanne", "en": "kanne-in-english"}
    (variant,) = body["variants"]
    assert (variant["sku"], variant["available"]) == ("kanne-1", 3)
    assert variant["price"]["gross"]["amount"] == "11.90"


def test_a_former_address_leads_to_the_present_one(client: Client) -> None:
    product_id = make.goods("kanne")
    row, draft = get_draft(product_id)
    texts = {**draft.texts, "de": TextDraft(name="Kanne", slug="krug")}
    edit_product(
        product_id=product_id,
        draft=replace(draft, texts=texts),
        revision=row.revision,
        now=make.NOON,
        actor=SYSTEM,
    )

    response = client.get(f"{API}/products/kanne")

    assert response.status_code == 301
    assert response["Location"] == f"{API}/products/krug"
    assert response.json()["code"] == "moved"


def test_the_tree_of_categories_with_counts(client: Client) -> None:
    catalog.category("kueche", de="Küche")
    catalog.category("kueche/kannen", de="Kannen")
    make.goods("kanne", categories=("kueche/kannen",))
    make.build()

    (root,) = get(client, "/categories")["items"]

    assert (root["name"], root["count"]) == ("Küche", 1)
    assert [(one["slug"], one["count"]) for one in root["children"]] == [("kannen", 1)]
    assert get(client, "/categories/kannen")["trail"][0]["name"] == "Küche"


def test_who_has_the_answer_already_gets_none_again(client: Client) -> None:
    make.goods("kanne")
    make.build()
    first = client.get(f"{API}/products")

    again = client.get(f"{API}/products", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert "Content-Type" not in again.headers
    assert again.content == b""
    assert "X-Publishable-Key" in first["Vary"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"cursor": "abc"}, "bad_cursor"),
        ({"cursor": "WyJwcmljZSIsMCwxLCJ4Il0"}, "bad_cursor"),
        ({"sort": "worst"}, "bad_sort"),
        ({"sort": "relevance"}, "bad_sort"),
        ({"limit": "0"}, "invalid"),
        ({"limit": "1000"}, "invalid"),
        ({"price_min": "-1"}, "invalid"),
        ({"price_min": "20", "price_max": "10"}, "bad_filter"),
        ({"brand": "x" * 200}, "bad_filter"),
        ({f"attr.{n}": "x" for n in range(9)}, "bad_filter"),
        ({"attr.": "x"}, "bad_filter"),
        ({"category": "nowhere"}, "no_such_category"),
        ({"category": "cat_nothing"}, "not_found"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(
    client: Client, params: dict[str, str], code: str
) -> None:
    make.build()

    response = client.get(f"{API}/products", params)

    assert response.status_code in (404, 422)
    assert response.json()["code"] == code


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "field", ["q", "category", "brand", "attr.colour", "attr.' OR 1=1", "sort", "cursor"]
)
def test_hostile_words_are_only_words(client: Client, text: str, field: str) -> None:
    make.goods("kanne")
    make.build()

    response = client.get(f"{API}/products", {field: text.encode(errors="surrogatepass")})

    assert response.status_code in (200, 404, 422)
    assert make.titles(make.listed()) == ["Kanne"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_suggestions_and_addresses(client: Client, text: str) -> None:
    make.goods("kanne")
    make.build()

    sent = text.encode(errors="surrogatepass")

    for address in ("/products/suggestions", "/products", "/categories"):
        assert client.get(f"{API}{address}", {"q": sent}).status_code in (200, 422)
    for address in ("/products/", "/categories/"):
        assert client.get(f"{API}{address}{quote(sent, safe='')}").status_code in (404, 422)


def test_without_a_key_nothing_is_told() -> None:
    assert Client().get(f"{API}/products").status_code == 401
