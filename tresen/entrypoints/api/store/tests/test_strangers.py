"""Forged links, foreign channels, closed goods, strange payments; refusals in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils.translation import gettext, override

from tresen.domains.catalog.commands import set_status
from tresen.domains.catalog.queries import find_variant_by_sku
from tresen.domains.catalog.types import ProductStatus
from tresen.domains.orders.queries import OrderFilter, list_orders
from tresen.domains.stores.commands import make_publishable_key, open_channel
from tresen.domains.stores.queries import get_channel
from tresen.domains.stores.types import ChannelKind
from tresen.entrypoints.api.store import reading, validation
from tresen.entrypoints.api.store.tests.make import (
    ADDRESSEE,
    Desk,
    Program,
    placed,
    ready_cart,
)
from tresen.entrypoints.api.store.tests.refusing import Said, refused
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id, outer
from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db


def test_tokens_are_bound_to_their_order_purpose_and_end(open_desk: Desk) -> None:
    program, token = open_desk.program, placed(open_desk.program)
    order = list_orders(narrow=OrderFilter())[0]
    later = NOON + timedelta(days=1)
    turned = ("A" if token[0] != "A" else "B") + token[1:]
    cases: dict[str, tuple[str, Said]] = {
        "empty": ("%20", (404, "link_broken", "token")),
        "short": (token[:-1], (404, "link_broken", "token")),
        "turned": (turned, (404, "link_broken", "token")),
        "signs": ("%00%ff%2e", (404, "link_broken", "token")),
        "ä": ("ä" * 50, (404, "link_broken", "token")),
        "long": ("A" * 5000, (404, "link_broken", "token")),
        "id": (outer("ord", order.id), (404, "link_broken", "token")),
        "number": (order.number, (404, "link_broken", "token")),
        "purpose": (
            make_link(order.id, purpose="another page", until=later),
            (404, "link_broken", "token"),
        ),
        "expired": (
            make_link(order.id, purpose=ORDER_LINK, until=NOON - timedelta(seconds=1)),
            (410, "link_expired", "token"),
        ),
        "nothing": (
            make_link(new_id(), purpose=ORDER_LINK, until=later),
            (404, "no_such_order", "order"),
        ),
    }

    for send in (_read, _cancel, _pay):
        found = refused({name: partial(send, program, text) for name, (text, _) in cases.items()})
        assert found == {name: expected for name, (_, expected) in cases.items()}, send


def _read(program: Program, token: str) -> Any:
    return program.get(f"/orders/{token}")


def _cancel(program: Program, token: str) -> Any:
    return program.post(f"/orders/{token}/cancellation", {}, key="k")


def _pay(program: Program, token: str) -> Any:
    return program.post(f"/orders/{token}/payment", {}, key="k")


def test_carts_and_orders_of_another_channel_are_not_found(open_desk: Desk) -> None:
    program = open_desk.program
    cart, token = ready_cart(program), placed(program)
    store = get_channel("web-de").store
    other_id = open_channel(
        code="web-at", name="Andere", kind=ChannelKind.WEB, store_id=store.id, market="de"
    )
    make_publishable_key(channel_id=other_id, label="test", now=NOON, key="pk_other")
    other = Program(key="pk_other")

    found = refused(
        {
            "read": lambda: other.get(f"/carts/{cart}"),
            "add": lambda: other.post(f"/carts/{cart}/lines", {"sku": "TEA"}),
            "set": lambda: other.put(f"/carts/{cart}/lines/{open_desk.tea}", {"quantity": 2}),
            "address": lambda: other.put(f"/carts/{cart}/address", ADDRESSEE),
            "delivery": lambda: other.put(f"/carts/{cart}/delivery", {"code": "parcel-de"}),
            "payment": lambda: other.put(f"/carts/{cart}/payment", {"method": "bank_transfer"}),
            "order": lambda: other.post("/orders", {"cart": cart}, key="k"),
            "read order": lambda: other.get(f"/orders/{token}"),
            "cancel": lambda: other.post(f"/orders/{token}/cancellation", {}, key="k"),
            "pay": lambda: other.post(f"/orders/{token}/payment", {}, key="k"),
        }
    )

    assert {status for status, _, _ in found.values()} == {404}
    assert {code for _, code, _ in found.values()} == {"no_such_cart", "no_such_order"}


def test_a_closed_product_cannot_be_put_in_nor_ordered(open_desk: Desk) -> None:
    program = open_desk.program
    cart = ready_cart(program)
    fresh = program.post("/carts", {}).json()["id"]
    variant = find_variant_by_sku("TEA")
    assert variant is not None
    set_status(product_id=variant.product_id, status=ProductStatus.ARCHIVED, now=NOON, actor=SYSTEM)

    found = refused(
        {
            "put in": lambda: program.post(f"/carts/{fresh}/lines", {"variant": open_desk.tea}),
            "order": lambda: program.post("/orders", {"cart": cart}, key="k"),
        }
    )

    assert found == {
        "put in": (404, "not_for_sale", "lines[0]"),
        "order": (409, "line_not_available", "lines[0]"),
    }
    assert program.get(f"/carts/{cart}").json()["lines"][0]["problem"] == "gone"


def test_cancelling_and_paying_check_what_is_sent(open_desk: Desk) -> None:
    program = open_desk.program
    token = placed(program, payment="demo_card")

    def cancel(body: object, *, key: str = "k") -> Any:
        return program.post(f"/orders/{token}/cancellation", body, key=key)

    def pay(body: object, *, key: str = "k") -> Any:
        return program.post(f"/orders/{token}/payment", body, key=key)

    header = "Idempotency-Key"
    cases: dict[str, tuple[Callable[[], Any], Said]] = {
        "cancel key": (lambda: cancel({}, key=""), (400, "idempotency_key_missing", header)),
        "reason": (lambda: cancel({"reason": "x"}), (422, "literal_error", "reason")),
        "pay key": (lambda: pay({}, key=""), (400, "idempotency_key_missing", header)),
        "script": (
            lambda: pay({"return_url": "javascript:alert(1)"}),
            (422, "bad_return_url", "return_url"),
        ),
        "relative": (lambda: pay({"return_url": "//x"}), (422, "bad_return_url", "return_url")),
        "user": (
            lambda: pay({"return_url": "https://a@b.example/"}),
            (422, "bad_return_url", "return_url"),
        ),
        "bracket": (
            lambda: pay({"cancel_url": "https://[x/"}),
            (422, "bad_return_url", "cancel_url"),
        ),
        "break": (
            lambda: pay({"return_url": "https://a.example/\r\nX: y"}),
            (422, "bad_signs", "return_url"),
        ),
    }

    found = refused({name: send for name, (send, _) in cases.items()})

    assert found == {name: expected for name, (_, expected) in cases.items()}


@pytest.mark.parametrize(
    ("language", "whole", "part"),
    [
        ("de", "Bitte prüfen Sie die markierten Felder.", "Bitte geben Sie eine ganze Zahl an."),
        ("en", "Please check the marked fields.", "Please give a whole number."),
        (
            "xx,*;q=\x00",
            "Bitte prüfen Sie die markierten Felder.",
            "Bitte geben Sie eine ganze Zahl an.",
        ),
    ],
)
def test_problems_speak_the_language_that_was_asked_for(
    open_desk: Desk, language: str, whole: str, part: str
) -> None:
    program = Program(language=language)

    body = program.post("/carts", {"lines": [{"sku": "TEA", "quantity": "x"}]}).json()

    assert (body["detail"], body["errors"][0]["detail"]) == (whole, part)


def test_every_sentence_about_a_field_has_its_german() -> None:
    sentences = {*validation._SENTENCES.values(), validation._OTHER}
    sentences |= {
        kind.message for kind in (reading.NotJson, reading.BodyUnreadable, reading.BodyTooLarge)
    }
    with override("de"):
        untranslated = {text for text in sentences if gettext(text) == text}

    assert untranslated == set()
