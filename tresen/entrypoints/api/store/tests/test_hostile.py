"""Whatever is sent: a clear refusal that names field and remedy, nothing changed, never a 500."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tresen.domains.orders.queries import OrderFilter, list_orders
from tresen.entrypoints.api.store.tests.make import (
    ADDRESS,
    ADDRESSEE,
    Desk,
    new_cart,
    placed,
    ready_cart,
)
from tresen.entrypoints.api.store.tests.refusing import Said, everything, refused, said
from tresen.foundation.ids import new_id, outer
from tresen.workflows.buying.tests.make import KEY

pytestmark = pytest.mark.django_db


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
        "one name twice": (
            b'{"sku": "TEA", "sku": "MUG"}',
            "application/json",
            (400, "bad_json", ""),
        ),
        "a card number": (
            b'{"sku": "TEA", "notes": ["4111 1111 1111 1111"]}',
            "application/json",
            (422, "card_number", "notes.0"),
        ),
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
        "name": (lambda: street(name=""), (422, "missing", "address.name")),
        "street": (lambda: street(street="   "), (422, "missing", "address.street")),
        "long": (lambda: street(city="x" * 121), (422, "string_too_long", "address.city")),
        "break": (lambda: street(name="a\nBcc: b"), (422, "bad_signs", "address.name")),
        "postcode": (lambda: street(postcode="1"), (422, "bad_postcode", "address.postcode")),
        "country": (lambda: street(country="US"), (422, "country_not_served", "address.country")),
        "no country": (
            lambda: street(country="XX"),
            (422, "country_not_served", "address.country"),
        ),
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
