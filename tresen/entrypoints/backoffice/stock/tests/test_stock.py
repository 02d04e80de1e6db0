"""Stock at the counter: booked in, counted, listed; wrong input changes nothing."""

from __future__ import annotations

import csv
import re
from io import StringIO
from uuid import UUID

import pytest

from tresen.domains.catalog.commands import put_products
from tresen.domains.catalog.types import ProductDraft, TextDraft, VariantDraft
from tresen.domains.inventory.queries import get_location, list_levels, list_movements
from tresen.entrypoints.backoffice.kit.cursors import written_cursor
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON

NOBODY = UUID(int=7)

pytestmark = pytest.mark.django_db

MANY = 230


def _path(counter: Counter) -> str:
    return f"/stock/{outer('var', counter.shop.tea)}/"


def _there(counter: Counter) -> tuple[int, int]:
    """Pieces of tea that lie there, and how many movements led to that."""
    levels = list_levels([counter.shop.tea])
    return sum(level.on_hand for level in levels), len(list_movements(counter.shop.tea))


def test_goods_are_booked_in_and_the_reason_is_kept(counter: Counter) -> None:
    answer = counter.post(f"{_path(counter)}receipt/", location="lager", quantity="5")

    assert answer["Location"] == f"/staff{_path(counter)}"
    assert _there(counter) == (15, 2)
    assert counter.get(_path(counter)).status_code == 200


def test_a_count_says_what_lies_there(counter: Counter) -> None:
    counter.post(f"{_path(counter)}count/", location="lager", quantity="7", reason_code="damage")

    assert _there(counter) == (7, 2)


def test_movements_name_their_places_in_words(counter: Counter) -> None:
    counter.post(f"{_path(counter)}count/", location="lager", quantity="7", reason_code="damage")

    page = counter.get(_path(counter)).content.decode()

    cells = re.findall(r"<td[^>]*>\s*(.*?)\s*</td>", page, re.DOTALL)
    assert {"Lieferant", "Schwund", get_location("lager").name} <= set(cells)
    assert not {"supplier", "loss", "lager"} & set(cells)


@pytest.mark.parametrize("quantity", [*(text for text in HOSTILE if text != "٣"), "1000001"])
@pytest.mark.parametrize("deed", ["receipt", "count"])
def test_a_strange_quantity_changes_nothing(counter: Counter, deed: str, quantity: str) -> None:
    answer = counter.post(
        f"{_path(counter)}{deed}/", location="lager", quantity=quantity, reason_code="count"
    )

    assert answer.status_code == 422
    assert 'href="#id_quantity"' in answer.content.decode()
    assert _there(counter) == (10, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"location": "moon"}, "location"),
        ({"location": ""}, "location"),
        ({"location": "\x00"}, "location"),
        ({"reason_code": "magic"}, "reason_code"),
    ],
)
def test_a_strange_place_or_reason_changes_nothing(
    counter: Counter, change: dict[str, str], field: str
) -> None:
    typed = {"location": "lager", "quantity": "3", "reason_code": "count"} | change

    answer = counter.post(f"{_path(counter)}count/", **typed)

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert _there(counter) == (10, 1)


def test_fewer_than_are_promised_cannot_be_counted(counter: Counter) -> None:
    counter.order((counter.shop.tea, 4))
    before = _there(counter)

    answer = counter.post(
        f"{_path(counter)}count/", location="lager", quantity="3", reason_code="count"
    )

    assert answer.status_code == 422
    assert _there(counter) == before


@pytest.mark.parametrize(
    "variant", ["x", "var_", "%00", outer("prod", NOBODY), outer("var", NOBODY)]
)
def test_unknown_variants_are_not_found(counter: Counter, variant: str) -> None:
    for tail in ("", "receipt/", "count/"):
        assert counter.get(f"/stock/{variant}/{tail}").status_code == 404
    for tail in ("receipt/", "count/"):
        assert counter.post(f"/stock/{variant}/{tail}", quantity="1").status_code == 404


def test_the_sheet_holds_every_variant(counter: Counter) -> None:
    drafts = [
        ProductDraft(
            code=f"p{place}",
            texts={"de": TextDraft(name=f"Ware {place}")},
            variants=(VariantDraft(sku=f"W-{place:04}"),),
        )
        for place in range(MANY)
    ]
    put_products(drafts, now=NOON, actor=SYSTEM)

    for name in ("stock", "products"):
        sheet = b"".join(counter.get(f"/{name}/", format="csv").streaming_content)
        rows = list(csv.reader(StringIO(sheet.decode("utf-8-sig"))))
        assert len(rows) == 1 + MANY + 2, name


@pytest.mark.parametrize("after", ["x", written_cursor("\x00"), written_cursor(1), "x" * 5_000])
def test_a_broken_cursor_is_refused_in_words(counter: Counter, after: str) -> None:
    assert counter.get("/stock/", after=after).status_code == 400
