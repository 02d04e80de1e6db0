"""From an empty cart to a cancelled order over the store API."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tresen.domains.inventory.queries import list_levels
from tresen.domains.orders.models import Order
from tresen.entrypoints.api.store.tests.make import (
    ADDRESSEE,
    Desk,
    new_cart,
    placed,
    ready_cart,
)

pytestmark = pytest.mark.django_db


def _available(desk: Desk) -> int:
    return sum(level.available for level in list_levels([desk.shop.tea]))


def test_a_guest_buys_two_things_and_reads_the_order(open_desk: Desk) -> None:
    program = open_desk.program
    cart = program.post("/carts", {}).json()
    path = f"/carts/{cart['id']}"
    assert (cart["lines"], cart["count"], cart["is_open"]) == ([], 0, True)

    program.post(f"{path}/lines", {"sku": "TEA"})
    filled = program.post(f"{path}/lines", {"variant": open_desk.mug, "quantity": 3}).json()
    changed = program.put(f"{path}/lines/{open_desk.mug}", {"quantity": 2}).json()
    assert [(line["sku"], line["quantity"]) for line in filled["lines"]] == [("TEA", 1), ("MUG", 3)]
    assert changed["count"] == 3
    assert changed["totals"]["goods"] == {"amount": "34.50", "currency": "EUR", "minor": 3450}

    assert program.put(f"{path}/address", ADDRESSEE).json()["has_contact"] is True
    program.put(f"{path}/delivery", {"code": "parcel-de"})
    ready = program.put(f"{path}/payment", {"method": "bank_transfer"}).json()
    gross = ready["totals"]["gross"]

    answer = program.post(
        "/orders",
        {"cart": cart["id"], "expected_total": {"minor": gross["minor"], "currency": "EUR"}},
        key="k1",
    )

    assert answer.status_code == 201
    order = program.get(f"/orders/{answer.json()['token']}").json()
    assert order["number"] == answer.json()["number"]
    assert (order["state"], order["payment_state"], order["can_cancel"]) == ("placed", "open", True)
    assert order["totals"]["gross"] == gross
    assert order["totals"]["net"]["minor"] + order["totals"]["tax"]["minor"] == gross["minor"]
    assert order["payment"]["transfer"]["amount"] == gross
    assert program.get(path).json()["is_open"] is False
    assert _available(open_desk) == 9


def test_a_line_can_be_taken_out(open_desk: Desk) -> None:
    program = open_desk.program
    cart = new_cart(program, {"sku": "TEA"}, {"sku": "MUG"})

    left = program.delete(f"/carts/{cart}/lines/{open_desk.tea}").json()

    assert [line["sku"] for line in left["lines"]] == ["MUG"]


def test_the_same_article_twice_in_one_request_is_one_line(open_desk: Desk) -> None:
    made = open_desk.program.post(
        "/carts", {"lines": [{"sku": "TEA", "quantity": 2}, {"variant": open_desk.tea}]}
    )

    assert made.status_code == 201, made.content
    assert [(line["sku"], line["quantity"]) for line in made.json()["lines"]] == [("TEA", 3)]


def test_a_cancelled_order_frees_its_goods_and_cannot_be_cancelled_anew(open_desk: Desk) -> None:
    program = open_desk.program
    token = placed(program)

    answer = program.post(f"/orders/{token}/cancellation", {"reason": "too_slow"}, key="c1")

    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert _available(open_desk) == 10
    again = program.post(f"/orders/{token}/cancellation", {"reason": "too_slow"}, key="c1")
    assert (again.status_code, again.json()["state"]) == (200, "cancelled")
    other = program.post(f"/orders/{token}/cancellation", {}, key="c2")
    assert (other.status_code, other.json()["code"]) == (409, "not_cancellable")
    assert _available(open_desk) == 10


def test_payment_by_demo_card_leads_to_its_page_however_often(open_desk: Desk) -> None:
    program = open_desk.program
    token = placed(program, payment="demo_card")
    body = {"return_url": "https://front.example/thanks"}

    first = program.post(f"/orders/{token}/payment", body, key="p1").json()
    second = program.post(f"/orders/{token}/payment", body, key="p2").json()

    assert first["redirect_url"].startswith(f"{settings.PUBLIC_URL}/")
    assert "/demo-card/" in first["redirect_url"]
    assert second == first


def test_a_transfer_leads_nowhere(open_desk: Desk) -> None:
    token = placed(open_desk.program)

    answer = open_desk.program.post(f"/orders/{token}/payment", {}, key="p1")

    assert (answer.status_code, answer.json()) == (200, {"redirect_url": None})


def test_a_repeated_order_is_the_same_order(open_desk: Desk) -> None:
    program = open_desk.program
    cart = ready_cart(program)

    first = program.post("/orders", {"cart": cart}, key="k1")
    second = program.post("/orders", {"cart": cart}, key="k1")

    assert (first.status_code, second.status_code) == (201, 200)
    assert second["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first
    assert second.json() == first.json()
    assert Order.objects.count() == 1


def test_a_key_used_for_another_order_is_refused(open_desk: Desk) -> None:
    program = open_desk.program
    cart, other = ready_cart(program), ready_cart(program)
    program.post("/orders", {"cart": cart}, key="k1")

    bodies = [
        {"cart": other},
        {"cart": cart, "expected_total": {"minor": 1, "currency": "EUR"}},
    ]
    answers = [program.post("/orders", body, key="k1") for body in bodies]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert {answer.json()["code"] for answer in answers} == {"idempotency_key_reused"}
    assert Order.objects.count() == 1


def test_a_second_key_for_the_same_cart_makes_no_second_order(open_desk: Desk) -> None:
    program = open_desk.program
    cart = ready_cart(program)
    program.post("/orders", {"cart": cart}, key="k1")

    answer = program.post("/orders", {"cart": cart}, key="k2")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_ordered")
    assert Order.objects.count() == 1


def test_the_statements_of_the_hot_path_are_counted(
    open_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1.0)  # what is remembered stays so
    program = open_desk.program
    cart = ready_cart(program, {"sku": "TEA"}, {"sku": "MUG", "quantity": 2})
    body = {"variant": open_desk.tea}

    counted = {
        "read": _statements(lambda: program.get(f"/carts/{cart}")),
        "add": _statements(lambda: program.post(f"/carts/{cart}/lines", body)),
        "order": _statements(lambda: program.post("/orders", {"cart": cart}, key="k1")),
        "again": _statements(lambda: program.post("/orders", {"cart": cart}, key="k1")),
    }

    assert counted == {"read": 4, "add": 5, "order": 20, "again": 3}


def _statements(send: Callable[[], Any]) -> int:
    """All but the marks of nested transactions, which a test has and a shop has not."""
    with CaptureQueriesContext(connection) as captured:
        assert send().status_code < 300
    said = [query["sql"] for query in captured.captured_queries]
    return sum("SAVEPOINT" not in text for text in said)
