"""Goods at the counter: words, prices, in and out of the shop; wrong input changes nothing."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

import pytest

from tresen.domains.catalog.queries import find_variant_by_sku, get_draft
from tresen.domains.catalog.types import ProductDraft, ProductStatus
from tresen.domains.pricing.queries import list_prices
from tresen.entrypoints.backoffice.kit.cursors import written_cursor
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter
from tresen.foundation.ids import outer

NOBODY = UUID(int=7)

pytestmark = pytest.mark.django_db


def _tea() -> UUID:
    variant = find_variant_by_sku("TEA")
    assert variant is not None
    return variant.product_id


def _path() -> str:
    return f"/products/{outer('prod', _tea())}/"


def _draft() -> ProductDraft:
    return get_draft(_tea())[1]


def _words(**changes: object) -> dict[str, object]:
    row, draft = get_draft(_tea())
    return {
        "revision": row.revision,
        "name_de": draft.texts["de"].name,
        "name_en": draft.texts["en"].name,
    } | changes


def _price(counter: Counter) -> list[int]:
    return [row.amount.minor for row in list_prices([counter.shop.tea])]


def test_words_are_changed_in_both_languages(counter: Counter) -> None:
    counter.post(f"{_path()}words/", **_words(name_de="Grüner Tee", name_en="Green tea"))

    texts = _draft().texts
    assert (texts["de"].name, texts["en"].name) == ("Grüner Tee", "Green tea")


def test_a_script_in_a_description_is_taken_out(counter: Counter) -> None:
    hostile = '<p onclick="x()">Gut</p><script>alert(1)</script><a href="javascript:x">hier</a>'

    counter.post(f"{_path()}words/", **_words(description_de=hostile))

    described = _draft().texts["de"].description
    assert "Gut" in described
    assert not [word for word in ("script", "onclick", "javascript") if word in described]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_de": ""}, "name_de"),
        ({"name_en": "x" * 5_000}, "name_en"),
        ({"name_de": "a\x00b"}, "name_de"),
        ({"summary_de": "x" * 5_000}, "summary_de"),
        ({"revision": "x"}, "revision"),
    ],
)
def test_strange_words_change_nothing(
    counter: Counter, change: dict[str, object], field: str
) -> None:
    before = _draft()

    answer = counter.post(f"{_path()}words/", **_words(**change))

    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert _draft() == before


def test_a_colleague_who_was_faster_is_not_overwritten(counter: Counter) -> None:
    stale = _words(name_de="Alter Tee")
    counter.post(f"{_path()}words/", **_words(name_de="Neuer Tee"))

    answer = counter.post(f"{_path()}words/", **stale)

    assert answer.status_code == 422
    assert "Alter Tee" in answer.content.decode()
    assert _draft().texts["de"].name == "Neuer Tee"


def test_a_price_is_changed_as_people_write_it(counter: Counter) -> None:
    counter.post(f"{_path()}prices/", price_0="12,50")

    assert _price(counter) == [1250]


@pytest.mark.parametrize(
    "price", [*(text for text in HOSTILE if text not in {"1.5", "٣"}), "0", "0,001"]
)
def test_a_strange_price_changes_nothing(counter: Counter, price: str) -> None:
    answer = counter.post(f"{_path()}prices/", price_0=price)

    assert answer.status_code == 422
    assert 'href="#id_price_0"' in answer.content.decode()
    assert _price(counter) == [1070]


def test_goods_go_out_of_the_shop_and_back(counter: Counter) -> None:
    counter.post(f"{_path()}status/", archive="1")
    assert get_draft(_tea())[0].status is ProductStatus.ARCHIVED

    counter.post(f"{_path()}status/")
    assert get_draft(_tea())[0].status is ProductStatus.ACTIVE


@pytest.mark.parametrize(
    "product", ["x", "prod_", "%00", outer("var", NOBODY), outer("prod", NOBODY)]
)
def test_unknown_products_are_not_found(counter: Counter, product: str) -> None:
    for tail in ("", "words/", "prices/"):
        assert counter.get(f"/products/{product}/{tail}").status_code == 404
    for tail in ("words/", "prices/", "status/"):
        assert counter.post(f"/products/{product}/{tail}").status_code == 404


def test_the_list_is_narrowed_sorted_and_exported(counter: Counter) -> None:
    counter.post(f"{_path()}status/", archive="1")

    archived = counter.get("/products/", status="archived").content.decode()
    down = counter.get("/products/", sort="-name")
    sheet = b"".join(counter.get("/products/", format="csv").streaming_content)

    assert ("Tee" in archived, "Becher" in archived) == (True, False)
    assert down.status_code == 200
    rows = list(csv.reader(StringIO(sheet.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Becher", "Tee"]


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "x"},
        {"sort": "price"},
        {"after": "x"},
        {"after": written_cursor("\x00")},
        {"after": written_cursor("a", "b", "c")},
    ],
)
def test_what_the_list_does_not_know_is_refused_in_words(
    counter: Counter, asked: dict[str, str]
) -> None:
    assert counter.get("/products/", **asked).status_code == 400
