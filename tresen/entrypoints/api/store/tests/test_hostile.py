"""Whatever is sent: a clear refusal that names field and remedy, nothing changed, never a 500."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
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
    ADDRESS,
    ADDRESSEE,
    Desk,
    Program,
    new_cart,
    placed,
    ready_cart,
)
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id, outer
from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.buying.tests.make import KEY, NOON

pytestmark = pytest.mark.django_db

Said = tuple[int, str, str]
"""Status, code of the (first) field, its path."""


def said(response: Any) -> Said:
    """What a problem says, after checking that it is one in full."""
    body = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail", "errors"}
    assert body["status"] == response.status_code
    assert body["detail"]
    assert all(error["detail"] for error in body["errors"])
    first = body["errors"][0] if body["errors"] else {"code": body["code"], "field": ""}
    return response.status_code, first["code"], first["field"]


def everything() -> dict[str, int]:
    """How many rows the tables of a purchase have, and what a hash of them says."""
    tables = ("carts_cart", "carts_line", "orders_order", "payments_payment", "inventory_level")
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            statement = f"SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t"  # noqa: S608
            cursor.execute(statement)
            found[table] = cursor.fetchone()[0]
    return found


def refused(cases: Mapping[str, Callable[[], Any]]) -> dict[str, Said]:
    """What each says; none of them may change anything."""
    before = everything()
    found = {}
    for name, send in cases.items():
        found[name] = said(send())
        assert everything() == before, name
    return found


def test_the_control_sees_a_change(open_desk: Desk) -> None:
    cart = new_cart(open_desk.program)
    before = everything()

    open_desk.program.put(f"/carts/{cart}/lines/{open_desk.tea}", {"quantity": 2})

    assert everything() != before


def test_without_an_active_key_nothing_is_answered(open_desk: Desk) -> None:
    program, token = open_desk.program, placed(open_desk.program)
    cart = new_cart(program)
    keys = {
        "none": "",
        "unknown": "pk_nobody",
        "long": KEY * 40,
        "signs": "pk_t\x00st",
        "ä": "pk_ä",
    }
    paths = [f"/carts/{cart}", f"/orders/{token}", "/products"]

    for name, key in keys.items():
        for path in paths:
            answer = program.get(path, x_publishable_key=key)
            assert said(answer) == (401, "key_not_known", "X-Publishable-Key"), (name, path)
        post = program.post("/orders", {"cart": cart}, key="k", x_publishable_key=key)
        assert said(post)[0] == 401


def test_lines_are_checked(open_desk: Desk) -> None:
    cart = new_cart(open_desk.program)
    bodies: dict[str, tuple[object, Said]] = {
        "nothing": ({}, (404, "not_for_sale", "lines[0].sku")),
        "unknown sku": ({"sku": "NO"}, (404, "not_for_sale", "lines[0].sku")),
        "unknown variant": (
            {"variant": outer("var", new_id())},
            (404, "not_for_sale", "lines[0]"),
        ),
        "another kind of id": (
            {"variant": cart},
            (404, "not_found", "lines[0].variant"),
        ),
        "negative": ({"sku": "TEA", "quantity": -1}, (422, "greater_than_equal", "quantity")),
        "zero": ({"sku": "TEA", "quantity": 0}, (422, "greater_than_equal", "quantity")),
        "a thousand": ({"sku": "TEA", "quantity": 1000}, (422, "less_than_equal", "quantity")),
        "2**31": ({"sku": "TEA", "quantity": 2**31}, (422, "less_than_equal", "quantity")),
        "2**63": ({"sku": "TEA", "quantity": 2**63}, (422, "less_than_equal", "quantity")),
        "10**400": ({"sku": "TEA", "quantity": 10**400}, (422, "less_than_equal", "quantity")),
        "half": ({"sku": "TEA", "quantity": 1.5}, (422, "int_type", "quantity")),
        "text": ({"sku": "TEA", "quantity": "2"}, (422, "int_type", "quantity")),
        "true": ({"sku": "TEA", "quantity": True}, (422, "int_type", "quantity")),
        "null": ({"sku": "TEA", "quantity": None}, (422, "int_type", "quantity")),
        "list": ({"sku": ["TEA"]}, (422, "string_type", "sku")),
        "nul": ({"sku": "TE\x00A"}, (422, "bad_signs", "sku")),
        "surrogate": ({"sku": "\ud800"}, (422, "string_unicode", "sku")),
        "long": ({"sku": "T" * 81}, (422, "string_too_long", "sku")),
        "sql": ({"sku": "' OR 1=1 --"}, (404, "not_for_sale", "lines[0].sku")),
        "own price": ({"sku": "TEA", "price": 1}, (422, "extra_forbidden", "price")),
        "not an object": ([], (422, "model_attributes_type", "")),
        "too many": ({"sku": "TEA", "quantity": 11}, (409, "line_not_available", "lines[0]")),
    }

    found = refused(
        {
            name: partial(open_desk.program.post, f"/carts/{cart}/lines", body)
            for name, (body, _) in bodies.items()
        }
    )

    assert found == {name: expected for name, (_, expected) in bodies.items()}


def test_a_new_cart_is_checked_as_a_whole(open_desk: Desk) -> None:
    bodies: dict[str, tuple[object, Said]] = {
        "bad line": (
            {"lines": [{"sku": "TEA"}, {"sku": "MUG", "quantity": "x"}]},
            (422, "int_type", "lines[1].quantity"),
        ),
        "second unknown": (
            {"lines": [{"sku": "TEA"}, {"sku": "NO"}]},
            (404, "not_for_sale", "lines[1].sku"),
        ),
        "101 lines": ({"lines": [{"sku": "TEA"}] * 101}, (422, "too_long", "lines")),
        "sum": (
            {"lines": [{"sku": "TEA", "quantity": 999}] * 100},
            (422, "bad_quantity", "quantity"),
        ),
        "no list": ({"lines": {"sku": "TEA"}}, (422, "list_type", "lines")),
        "foreign fields": ({"id": "cart_1"}, (422, "extra_forbidden", "id")),
    }

    found = refused(
        {
            name: partial(open_desk.program.post, "/carts", body)
            for name, (body, _) in bodies.items()
        }
    )

    assert found == {name: expected for name, (_, expected) in bodies.items()}


def test_what_is_no_json_is_told(open_desk: Desk) -> None:
    program = open_desk.program
    raw: dict[str, tuple[bytes, str, Said]] = {
        "no json": (b"{", "application/json", (400, "bad_json", "")),
        "utf-8": (b'{"sku": "\xff"}', "application/json", (400, "bad_json", "")),
        "utf-16": ('{"sku": "TEA"}'.encode("utf-16"), "application/json", (400, "bad_json", "")),
        "nan": (b'{"sku": "TEA", "quantity": NaN}', "application/json", (400, "bad_json", "")),
        "1e400": (
            b'{"sku": "TEA", "quantity": 1e400}',
            "application/json",
            (422, "int_type", "quantity"),
        ),
        "deep": (b"[" * 100_000, "application/json", (400, "bad_json", "")),
        "many digits": (
            b'{"quantity": 1' + b"0" * 5000 + b"}",
            "application/json",
            (400, "bad_json", ""),
        ),
        "text": (b'{"sku": "TEA"}', "text/plain", (415, "not_json", "Content-Type")),
        "form": (
            b"sku=TEA",
            "application/x-www-form-urlencoded",
            (415, "not_json", "Content-Type"),
        ),
        "untold": (b'{"sku": "TEA"}', "application", (415, "not_json", "Content-Type")),
        "empty": (b"", "application/json", (422, "missing", "")),
        "huge": (
            b'{"sku": "' + b"T" * 3_000_000 + b'"}',
            "application/json",
            (413, "too_large", ""),
        ),
    }
    cart = new_cart(program)

    found = refused(
        {
            name: partial(program.post, f"/carts/{cart}/lines", body, content_type=kind)
            for name, (body, kind, _) in raw.items()
        }
    )

    assert found == {name: expected for name, (_, _, expected) in raw.items()}


def test_ids_of_other_kinds_and_of_nothing_are_not_found(open_desk: Desk) -> None:
    program = open_desk.program
    cart = ready_cart(program)
    null = outer("cart", UUID(int=0))
    for text in (
        "x",
        "cart_",
        "%00",
        "%2e%2e",
        open_desk.tea,
        cart.upper(),
        null,
        "cart_" + "z" * 26,
    ):
        sent = {
            "read": partial(program.get, f"/carts/{text}"),
            "line": partial(program.post, f"/carts/{text}/lines", {"sku": "TEA"}),
            "set": partial(program.put, f"/carts/{text}/lines/{open_desk.tea}", {"quantity": 1}),
            "take": partial(program.delete, f"/carts/{text}/lines/{open_desk.tea}"),
            "address": partial(program.put, f"/carts/{text}/address", ADDRESSEE),
            "delivery": partial(program.put, f"/carts/{text}/delivery", {"code": "parcel-de"}),
            "payment": partial(program.put, f"/carts/{text}/payment", {"method": "bank_transfer"}),
        }
        assert {status for status, _, _ in refused(sent).values()} == {404}, text
    orders = {"order": lambda: program.post("/orders", {"cart": open_desk.tea}, key="k")}
    assert refused(orders)["order"] == (404, "not_found", "cart")
    line = {"line": lambda: program.put(f"/carts/{cart}/lines/{cart}", {"quantity": 1})}
    assert refused(line)["line"] == (404, "not_found", "variant")
    absent = {"line": lambda: program.put(f"/carts/{cart}/lines/{open_desk.mug}", {"quantity": 1})}
    assert refused(absent)["line"] == (404, "not_in_cart", "variant")


def test_addresses_are_checked_field_by_field(open_desk: Desk) -> None:
    cart = new_cart(open_desk.program)

    def put(**changes: object) -> Any:
        return open_desk.program.put(f"/carts/{cart}/address", {**ADDRESSEE, **changes})

    def street(**changes: object) -> Any:
        return put(address={**ADDRESS, **changes})

    cases: dict[str, tuple[Callable[[], Any], Said]] = {
        "mail": (lambda: put(email="nobody"), (422, "bad_email", "email")),
        "mail signs": (lambda: put(email="a\x01@example.com"), (422, "bad_signs", "email")),
        "mail long": (lambda: put(email="a" * 255), (422, "string_too_long", "email")),
        "phone": (lambda: put(phone="call me"), (422, "bad_phone", "phone")),
        "no address": (lambda: put(address=None), (422, "model_attributes_type", "address")),
        "name": (lambda: street(name=""), (422, "missing", "name")),
        "street": (lambda: street(street="   "), (422, "missing", "street")),
        "long": (lambda: street(city="x" * 121), (422, "string_too_long", "address.city")),
        "break": (lambda: street(name="a\nBcc: b"), (422, "bad_signs", "address.name")),
        "postcode": (lambda: street(postcode="1"), (422, "bad_postcode", "postcode")),
        "country": (lambda: street(country="US"), (422, "country_not_served", "country")),
        "no country": (lambda: street(country="XX"), (422, "country_not_served", "country")),
        "type": (lambda: street(name=7), (422, "string_type", "address.name")),
        "pickup": (lambda: put(pickup="perhaps"), (422, "bool_parsing", "pickup")),
        "billing": (
            lambda: put(billing={**ADDRESS, "country": "ZZ"}),
            (422, "unknown_country", "billing.country"),
        ),
    }

    found = refused({name: send for name, (send, _) in cases.items()})

    assert found == {name: expected for name, (_, expected) in cases.items()}


def test_choices_that_are_not_offered_are_refused(open_desk: Desk) -> None:
    program = open_desk.program
    cart, empty = new_cart(program), program.post("/carts", {}).json()["id"]
    put = program.put
    cases: dict[str, tuple[Callable[[], Any], Said]] = {
        "delivery": (
            lambda: put(f"/carts/{cart}/delivery", {"code": "parcel-at"}),
            (422, "delivery_not_possible", "delivery"),
        ),
        "no delivery": (
            lambda: put(f"/carts/{cart}/delivery", {"code": ""}),
            (422, "delivery_not_possible", "delivery"),
        ),
        "method": (
            lambda: put(f"/carts/{cart}/payment", {"method": "gold"}),
            (422, "payment_not_possible", "payment"),
        ),
        "in store by parcel": (
            lambda: put(f"/carts/{cart}/payment", {"method": "pay_in_store"}),
            (422, "payment_not_possible", "payment"),
        ),
        "empty cart": (
            lambda: put(f"/carts/{empty}/payment", {"method": "bank_transfer"}),
            (422, "delivery_not_possible", "delivery"),
        ),
        "no field": (lambda: put(f"/carts/{cart}/delivery", {}), (422, "missing", "code")),
    }

    found = refused({name: send for name, (send, _) in cases.items()})

    assert found == {name: expected for name, (_, expected) in cases.items()}


def test_an_order_needs_a_key_a_whole_cart_and_the_right_total(open_desk: Desk) -> None:
    program = open_desk.program
    cart, bare = ready_cart(program), new_cart(program)
    empty = program.post("/carts", {}).json()["id"]
    gross = program.get(f"/carts/{cart}").json()["totals"]["gross"]["minor"]

    def order(*, key: str = "k", **changes: object) -> Any:
        return program.post("/orders", {"cart": cart, **changes}, key=key)

    def total(minor: object, currency: object) -> Any:
        return order(expected_total={"minor": minor, "currency": currency})

    header = "Idempotency-Key"
    cases: dict[str, tuple[Callable[[], Any], Said]] = {
        "no key": (lambda: order(key=""), (400, "idempotency_key_missing", header)),
        "long key": (lambda: order(key="k" * 101), (400, "idempotency_key_missing", header)),
        "blank key": (lambda: order(key="a b"), (400, "idempotency_key_missing", header)),
        "bare cart": (lambda: order(cart=bare), (422, "contact_missing", "contact")),
        "empty cart": (lambda: order(cart=empty), (422, "empty_cart", "lines")),
        "unknown": (lambda: order(cart=outer("cart", new_id())), (404, "no_such_cart", "cart")),
        "dollars": (lambda: total(gross, "USD"), (409, "price_changed", "total")),
        "small": (lambda: total(gross, "eur"), (409, "price_changed", "total")),
        "one less": (lambda: total(gross - 1, "EUR"), (409, "price_changed", "total")),
        "negative": (
            lambda: total(-1, "EUR"),
            (422, "greater_than_equal", "expected_total.minor"),
        ),
        "huge": (lambda: total(2**70, "EUR"), (422, "less_than_equal", "expected_total.minor")),
        "text": (lambda: total("1070", "EUR"), (422, "int_type", "expected_total.minor")),
        "no currency": (
            lambda: order(expected_total={"minor": 1}),
            (422, "missing", "expected_total.currency"),
        ),
        "own gross": (lambda: order(gross=1), (422, "extra_forbidden", "gross")),
    }

    found = refused({name: send for name, (send, _) in cases.items()})

    assert found == {name: expected for name, (_, expected) in cases.items()}
    assert list_orders(narrow=OrderFilter()) == []


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
