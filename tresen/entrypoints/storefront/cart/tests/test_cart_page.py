"""The cart: put in, change, take out; nobody else's cart, nothing but our own addresses."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from tresen.domains.carts.commands import open_cart
from tresen.domains.carts.commands import put_in as put_into
from tresen.domains.carts.models import Cart, Line
from tresen.domains.carts.types import CartLine
from tresen.entrypoints.storefront.cart_cookie import NAME
from tresen.entrypoints.storefront.tests.make import HOSTILE, Guest, order_path, orders
from tresen.foundation.ids import new_id, outer
from tresen.workflows.buying.tests.make import NOON

NOBODY = UUID(int=7)

pytestmark = pytest.mark.django_db


def test_the_first_article_makes_a_cart_and_its_cookie(guest: Guest) -> None:
    answer = guest.take(quantity=2)

    assert (answer.status_code, answer["Location"]) == (302, "/de/cart/")
    cookie = answer.cookies[NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    page = guest.get("/cart/")
    assert "Tee" in page.content.decode()
    assert (Cart.objects.count(), Line.objects.get().quantity) == (1, 2)


def test_quantities_are_changed_and_taken_out(guest: Guest) -> None:
    guest.take()
    line = f"/cart/lines/{outer('var', guest.shop.tea)}/"

    assert guest.post(line, quantity="4")["Location"] == "/de/cart/"
    assert Line.objects.get().quantity == 4
    guest.post(line, remove="1")
    assert not Line.objects.exists()
    assert "Ihr Warenkorb ist leer" in guest.get("/cart/").content.decode()


@pytest.mark.parametrize("quantity", ["", "0", "1000", "2147483648", "1" + "0" * 30, *HOSTILE])
def test_a_strange_quantity_is_refused_and_makes_no_cart(guest: Guest, quantity: str) -> None:
    answer = guest.take(None, quantity=quantity, **{"from": "/de/p/tee/"})

    assert (answer.status_code, answer["Location"]) == (302, "/de/p/tee/")
    assert NAME not in answer.cookies
    assert not Cart.objects.exists()
    assert "Menge zwischen 1 und 999" in guest.get("/p/tee/").content.decode()


@pytest.mark.parametrize("variant", ["", "var_", "prod_" + "0" * 26, *HOSTILE])
def test_a_strange_article_is_refused_and_makes_no_cart(guest: Guest, variant: str) -> None:
    answer = guest.post("/cart/lines/", variant=variant, quantity="1")

    assert (answer.status_code, answer["Location"]) == (302, "/de/cart/")
    assert not Cart.objects.exists()


def test_more_than_there_is_leaves_the_cart_as_it_was(guest: Guest) -> None:
    guest.take(quantity=9)

    guest.take(quantity=2)
    guest.post(f"/cart/lines/{outer('var', guest.shop.tea)}/", quantity="11")

    assert Line.objects.get().quantity == 9
    assert "«Tee»" in guest.get("/cart/").content.decode()


def test_an_unknown_article_is_not_for_sale(guest: Guest) -> None:
    guest.take(new_id())

    assert not Cart.objects.exists()
    assert "nicht" in guest.get("/cart/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "///evil.example",
        "http:evil.example",
        "/de/\r\nSet-Cookie: a=b",
    ],
)
def test_the_way_back_never_leads_elsewhere(guest: Guest, elsewhere: str) -> None:
    answer = guest.take(None, quantity="0", **{"from": elsewhere})

    assert (answer.status_code, answer["Location"]) == (302, "/de/cart/")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["", "cart_", outer("cart", NOBODY), *HOSTILE[1:6], "x" * 4000])
def test_a_broken_or_unknown_cart_cookie_is_an_empty_cart(guest: Guest, cookie: str) -> None:
    guest.browser.cookies[NAME] = cookie.replace("\x00", "")

    assert guest.get("/cart/").status_code == 200
    assert guest.get("/checkout/").status_code == 302
    assert guest.take().status_code == 302
    assert Line.objects.get().quantity == 1


def test_a_cart_of_another_channel_is_neither_shown_nor_changed(guest: Guest) -> None:
    foreign = open_cart(channel_code="web-at", locale="de", now=NOON)
    put_into(cart_id=foreign, lines=[CartLine(guest.shop.mug, 3)], now=NOON)
    guest.browser.cookies[NAME] = outer("cart", foreign)

    page = guest.get("/cart/").content.decode()
    guest.post(f"/cart/lines/{outer('var', guest.shop.mug)}/", remove="1")
    checkout = guest.get("/checkout/")
    guest.take()

    assert "Becher" not in page
    assert checkout.status_code == 302
    lines = Line.objects.filter(cart_id=foreign).values_list("variant_id", "quantity")
    assert list(lines) == [(guest.shop.mug, 3)]


def test_every_form_needs_its_token(guest: Guest) -> None:
    guest.order()
    path = order_path(orders()[0].id)
    guest.browser = Client(enforce_csrf_checks=True)
    line = f"/cart/lines/{outer('var', guest.shop.tea)}/"
    forms = [
        "/cart/lines/",
        line,
        "/checkout/review/",
        "/checkout/order/",
        f"{path}cancellation/",
        f"{path}payment/",
        "/demo-card/x/payment/",
        "/demo-card/x/departure/",
    ]

    answers = {form: guest.post(form, variant="x").status_code for form in forms}

    assert answers == dict.fromkeys(forms, 403)


def test_control_the_same_form_with_its_token_is_taken(guest: Guest) -> None:
    guest.browser = Client(enforce_csrf_checks=True)
    guest.get("/p/tee/")
    token = guest.browser.cookies["csrf"].value

    answer = guest.take(csrfmiddlewaretoken=token)

    assert answer.status_code == 302
    assert Line.objects.count() == 1


def test_every_form_of_the_cart_page_carries_the_sign_that_it_is_ours(guest: Guest) -> None:
    guest.take(quantity=2)

    page = guest.get("/cart/").content.decode()

    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    assert [form.count("csrfmiddlewaretoken") for form in forms] == [1]
