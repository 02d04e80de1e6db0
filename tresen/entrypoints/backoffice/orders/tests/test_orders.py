"""Orders at the counter: paid, shipped, refunded, cancelled; wrong input changes nothing."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tresen.domains.inventory.queries import list_levels
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.tests import make as orders
from tresen.domains.orders.types import FulfilmentState, OrderRow, OrderState, PaymentState
from tresen.domains.payments.queries import list_payments_of
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter, allow_list, order_path
from tresen.foundation import clock
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON

NOBODY = UUID(int=7)

pytestmark = pytest.mark.django_db

AMOUNTS = [text for text in HOSTILE if text not in {"1.5", "٣"}]
"""Those two are amounts: people write them so."""


def _line(order: OrderRow, sku: str) -> str:
    return next(f"line_{line.position}" for line in order.lines if line.sku == sku)


def _refunded(order_id: UUID) -> int:
    """Gone back or on its way, in minor units."""
    return sum(
        payment.refunded_minor + payment.refunding_minor for payment in list_payments_of(order_id)
    )


def _all_of(order_id: UUID) -> tuple[OrderRow, list[Any], list[Any]]:
    """Everything that a deed at the counter could change."""
    order = get_order(order_id)
    levels = list_levels([line.variant_id for line in order.lines])
    return order, list(list_payments_of(order_id)), sorted(levels, key=repr)


def test_money_that_came_in_is_marked_once(counter: Counter) -> None:
    order_id = counter.order()
    path = f"{order_path(order_id)}payment/"

    first = counter.post(path)
    before = _all_of(order_id)
    second = counter.post(path)

    assert first["Location"] == second["Location"] == f"/staff{order_path(order_id)}"
    assert get_order(order_id).payment_state is PaymentState.PAID
    assert _all_of(order_id) == before


def test_money_of_a_payment_service_is_not_marked_by_hand(counter: Counter) -> None:
    order_id = counter.order(payment="demo_card")
    before = _all_of(order_id)

    answer = counter.post(f"{order_path(order_id)}payment/")

    assert answer.status_code == 302
    assert _all_of(order_id) == before


def test_a_part_leaves_first_and_the_rest_later(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    order = get_order(order_id)
    path = f"{order_path(order_id)}shipment/"
    tea, mug = _line(order, "TEA"), _line(order, "MUG")
    assert counter.get(path).status_code == 200

    counter.post(path, **{tea: "0", mug: "1"}, carrier="DHL", tracking="T1")
    assert get_order(order_id).fulfilment_state is FulfilmentState.PARTLY_SHIPPED
    counter.post(path, **{tea: "1", mug: "1"}, carrier="DHL", tracking="T2")

    order = get_order(order_id)
    assert order.fulfilment_state is FulfilmentState.SHIPPED
    assert sorted((line.sku, line.shipped) for line in order.lines) == [("MUG", 2), ("TEA", 1)]


@pytest.mark.parametrize("pieces", [*HOSTILE[1:], "3", "0"])
def test_a_strange_number_of_pieces_ships_nothing(counter: Counter, pieces: str) -> None:
    order_id = counter.order(paid=True)
    order = get_order(order_id)
    before = _all_of(order_id)

    answer = counter.post(
        f"{order_path(order_id)}shipment/",
        **{_line(order, "MUG"): pieces, _line(order, "TEA"): "0"},
    )

    assert answer.status_code == 422
    assert _all_of(order_id) == before


def test_an_empty_form_ships_nothing_and_says_so(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    before = _all_of(order_id)

    assert counter.post(f"{order_path(order_id)}shipment/").status_code == 422
    assert _all_of(order_id) == before


def test_an_unpaid_order_stays(counter: Counter) -> None:
    order_id = counter.order()
    order, before = get_order(order_id), _all_of(order_id)

    answer = counter.post(
        f"{order_path(order_id)}shipment/",
        **{_line(order, "MUG"): "2", _line(order, "TEA"): "1"},
    )

    assert answer.status_code == 422
    assert "noch nicht bezahlt" in answer.content.decode()
    assert _all_of(order_id) == before


@pytest.mark.parametrize(("language", "amount"), [("de", "39,40"), ("en", "39.40")])
def test_the_whole_amount_stands_in_the_form_as_people_write_it(
    counter: Counter, language: str, amount: str
) -> None:
    """A browser shows no comma in a field of the type number: it would look empty."""
    order_id = counter.order(paid=True)
    path = f"/staff{order_path(order_id)}refund/"
    page = counter.browser.get(path, headers={"accept-language": language}).content.decode()
    assert f'value="{amount}"' in page
    assert 'type="number"' not in page


def test_a_part_is_refunded_once_by_its_form(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    path = f"{order_path(order_id)}refund/"

    typed = {"amount": "5,00", "reason": "goodwill", "key": "form-1"}
    first, second = counter.post(path, **typed), counter.post(path, **typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert _refunded(order_id) == 500


@pytest.mark.parametrize("amount", [*AMOUNTS, "0", "0,001", "1,234", "1.234", "39,41", "999999999"])
def test_a_strange_or_too_high_refund_is_refused_at_its_field(
    counter: Counter, amount: str
) -> None:
    order_id = counter.order(paid=True)
    before = _all_of(order_id)

    answer = counter.post(
        f"{order_path(order_id)}refund/", amount=amount, reason="goodwill", key="form-1"
    )

    assert answer.status_code == 422
    assert 'href="#id_amount"' in answer.content.decode()
    assert _all_of(order_id) == before


def test_the_refusal_of_too_much_writes_the_amount_as_people_do(counter: Counter) -> None:
    path = f"{order_path(counter.order(paid=True))}refund/"

    answer = counter.post(path, amount="40", reason="goodwill", key="form-1")

    assert "Höchstens 39,40\N{NO-BREAK SPACE}€ können zurückgehen." in answer.content.decode()


@pytest.mark.parametrize("change", [{"reason": "because"}, {"reason": ""}, {"key": ""}])
def test_a_refund_needs_reason_and_key(counter: Counter, change: dict[str, str]) -> None:
    order_id = counter.order(paid=True)
    before = _all_of(order_id)
    typed = {"amount": "5", "reason": "goodwill", "key": "form-1"} | change

    assert counter.post(f"{order_path(order_id)}refund/", **typed).status_code == 422
    assert _all_of(order_id) == before


def test_an_unpaid_order_has_nothing_to_refund(counter: Counter) -> None:
    order_id = counter.order()

    answer = counter.post(
        f"{order_path(order_id)}refund/", amount="5", reason="goodwill", key="form-1"
    )

    assert answer["Location"] == f"/staff{order_path(order_id)}"
    assert _refunded(order_id) == 0


def test_a_cancelled_order_frees_goods_and_money_once(counter: Counter) -> None:
    order_id = counter.order(paid=True)
    path = f"{order_path(order_id)}cancellation/"

    counter.post(path)
    before = _all_of(order_id)
    counter.post(path)

    order = get_order(order_id)
    assert order.state is OrderState.CANCELLED
    assert _refunded(order_id) == order.gross.minor
    assert _all_of(order_id) == before


def test_a_shipped_order_is_not_cancelled(counter: Counter) -> None:
    order_id = counter.order((counter.shop.tea, 1), paid=True)
    order = get_order(order_id)
    counter.post(f"{order_path(order_id)}shipment/", **{_line(order, "TEA"): "1"})
    before = _all_of(order_id)

    counter.post(f"{order_path(order_id)}cancellation/")

    assert _all_of(order_id) == before


@pytest.mark.parametrize("order", ["x", "ord_", "%00", outer("cart", NOBODY), outer("ord", NOBODY)])
def test_unknown_orders_are_not_found(counter: Counter, order: str) -> None:
    for tail in ("", "shipment/", "refund/"):
        assert counter.get(f"/orders/{order}/{tail}").status_code == 404
    for tail in ("payment/", "shipment/", "refund/", "cancellation/"):
        assert counter.post(f"/orders/{order}/{tail}").status_code == 404


def test_reading_changes_nothing(counter: Counter) -> None:
    order_id = counter.order()
    before = _all_of(order_id)

    for tail in ("payment/", "cancellation/"):
        assert counter.get(f"{order_path(order_id)}{tail}").status_code == 405

    assert _all_of(order_id) == before


def test_the_list_is_narrowed_paged_and_exported(counter: Counter) -> None:
    paid, unpaid = counter.order(paid=True), counter.order((counter.shop.tea, 1))
    numbers = {order_id: get_order(order_id).number for order_id in (paid, unpaid)}

    narrowed = counter.get("/orders/", state="placed", payment="paid").content.decode()
    found = counter.get("/orders/", q="Erika@Example.com").content.decode()
    allow_list(counter, payment="open")
    sheet = b"".join(counter.get("/orders/", format="csv", payment="open").streaming_content)

    assert (numbers[paid] in narrowed, numbers[unpaid] in narrowed) == (True, False)
    assert all(number in found for number in numbers.values())
    rows = list(csv.reader(StringIO(sheet.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [numbers[unpaid]]


def test_a_formula_in_a_name_stays_text_in_the_sheet(counter: Counter) -> None:
    new = orders.order(orders.line())
    orders.opened(replace(new, person=replace(new.person, name='=HYPERLINK("http://evil")')))

    allow_list(counter)
    sheet = b"".join(counter.get("/orders/", format="csv").streaming_content).decode("utf-8-sig")

    (row,) = list(csv.reader(StringIO(sheet)))[1:]
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "x"},
        {"payment": "\x00"},
        {"sort": "id; DROP TABLE"},
        {"after": "x"},
        {"after": "\x00"},
        {"after": "W1sicyIsICJ4Il1d"},
        {"after": "x" * 5_000},
        {"q": "x" * 500},
    ],
)
def test_what_the_list_does_not_know_is_refused_in_words(
    counter: Counter, asked: dict[str, str]
) -> None:
    assert counter.get("/orders/", **asked).status_code == 400


@pytest.mark.parametrize("words", ["\x00", "a\x00@b", "' OR 1=1 --", "%", "_", "@", "\u202e"])
def test_strange_words_find_nothing(counter: Counter, words: str) -> None:
    counter.order()

    for list_name in ("orders", "products", "stock"):
        assert counter.get(f"/{list_name}/", q=words).status_code in {200, 400}, list_name


def test_fifty_orders_are_listed_with_few_statements_and_the_next_page_goes_on(
    counter: Counter,
) -> None:
    for _ in range(51):
        orders.opened(orders.order(orders.line()))
    counter.get("/orders/")

    with CaptureQueriesContext(connection) as captured:
        page = counter.get("/orders/").content.decode()

    assert page.count('href="/staff/orders/ord_') >= 50
    assert len(captured) == 7  # one for the keys of fifty people, one that says who looked
    after = page.partition("after=")[2].partition('"')[0].partition("&")[0]
    rest = counter.get("/orders/", after=after).content.decode()
    assert rest.count("<tr") == 2


def test_a_large_refund_asks_for_a_proof_and_then_goes_on(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LARGE_REFUND_MINOR", 100)
    order_id = counter.order(paid=True)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=6))
    path = f"{order_path(order_id)}refund/"
    typed = {"amount": "2,00", "reason": "goodwill", "key": "once"}

    led = counter.post(path, **typed)
    assert led["Location"].startswith("/staff/account/reauthenticate/")
    assert _refunded(order_id) == 0
    counter.browser.post(
        "/staff/account/reauthenticate/",
        {"password": "eine lange Losung", "next": f"/staff{path}"},
    )

    assert _refunded(order_id) == 200
