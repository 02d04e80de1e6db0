"""Carts through the real database: what is put in is there, what is refused changes nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tresen.domains.carts import commands
from tresen.domains.carts.queries import NoSuchCart, count_of, find_cart, get_cart
from tresen.domains.carts.rules import BadQuantity
from tresen.domains.carts.tests import make
from tresen.domains.carts.types import LINES_MAX, CartLine

TEA, MUG = uuid4(), uuid4()

pytestmark = pytest.mark.django_db


def test_the_same_thing_twice_is_one_line_in_the_order_it_came() -> None:
    cart_id = make.cart((TEA, 1), (MUG, 2))

    commands.put_in(cart_id=cart_id, lines=[CartLine(TEA, 3)], now=make.NOON)

    cart = get_cart(cart_id, channel_code="web-de")
    assert cart.lines == (CartLine(TEA, 4), CartLine(MUG, 2))
    assert count_of(cart_id) == 6


@pytest.mark.parametrize("quantity", [0, -1, 1000, 2**40])
def test_a_wrong_quantity_changes_nothing(quantity: int) -> None:
    cart_id = make.cart((TEA, 1))

    with pytest.raises(BadQuantity):
        commands.put_in(cart_id=cart_id, lines=[CartLine(MUG, quantity)], now=make.NOON)

    assert get_cart(cart_id, channel_code="web-de").lines == (CartLine(TEA, 1),)


def test_a_sum_beyond_the_bound_is_refused_by_the_database(transactional_db: None) -> None:
    cart_id = make.cart((TEA, 998))

    with pytest.raises(BadQuantity):
        commands.put_in(cart_id=cart_id, lines=[CartLine(TEA, 5)], now=make.NOON)

    assert get_cart(cart_id, channel_code="web-de").lines == (CartLine(TEA, 998),)


def test_a_full_cart_takes_no_more_articles(transactional_db: None) -> None:
    cart_id = make.cart(*((uuid4(), 1) for _ in range(LINES_MAX)))

    with pytest.raises(commands.CartFull):
        commands.put_in(cart_id=cart_id, lines=[CartLine(TEA, 1)], now=make.NOON)

    assert count_of(cart_id) == LINES_MAX


def test_nought_takes_the_line_out() -> None:
    cart_id = make.cart((TEA, 1), (MUG, 2))

    commands.set_quantity(cart_id=cart_id, variant_id=TEA, quantity=0, now=make.NOON)
    commands.set_quantity(cart_id=cart_id, variant_id=MUG, quantity=5, now=make.NOON)

    assert get_cart(cart_id, channel_code="web-de").lines == (CartLine(MUG, 5),)


def test_a_closed_cart_takes_nothing_and_forgets_the_person() -> None:
    cart_id, order_id = make.cart((TEA, 1)), uuid4()
    commands.set_addressee(
        cart_id=cart_id,
        contact=make.contact(),
        address=make.address(),
        billing=None,
        now=make.NOON,
    )

    commands.close_cart(cart_id=cart_id, order_id=order_id, now=make.NOON)

    cart = get_cart(cart_id, channel_code="web-de")
    assert (cart.is_open, cart.order_id, cart.contact, cart.address) == (
        False,
        order_id,
        None,
        None,
    )
    with pytest.raises(commands.CartClosed):
        commands.put_in(cart_id=cart_id, lines=[CartLine(TEA, 1)], now=make.NOON)
    with pytest.raises(commands.CartClosed):
        commands.choose_delivery(cart_id=cart_id, delivery_code="dhl", now=make.NOON)


def test_another_channels_cart_is_not_there() -> None:
    cart_id = make.cart(channel_code="web-at")

    with pytest.raises(NoSuchCart):
        get_cart(cart_id, channel_code="web-de")
    with pytest.raises(NoSuchCart):
        get_cart(uuid4(), channel_code="web-de")


def test_what_a_guest_typed_lies_sealed() -> None:
    cart_id = make.cart()
    contact, address = make.contact(email="kanarienvogel@example.com"), make.address(name="Kanari")
    commands.set_addressee(
        cart_id=cart_id, contact=contact, address=address, billing=address, now=make.NOON
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT contact, address, billing FROM carts_cart WHERE id = %s", [cart_id])
        stored = b"".join(bytes(column) for column in cursor.fetchone())

    assert b"anari" not in stored
    assert find_cart(cart_id).contact == contact  # control: we can read it
    assert find_cart(cart_id).billing == address


def test_old_carts_are_forgotten_and_young_ones_kept() -> None:
    old, young = make.cart((TEA, 1)), make.cart((TEA, 1))
    later = make.NOON + timedelta(days=31)
    commands.choose_delivery(cart_id=young, delivery_code="dhl", now=later)

    gone = commands.forget_old_carts(before=make.NOON + timedelta(days=1), limit=100)

    assert gone == 1
    assert find_cart(old) is None
    assert find_cart(young) is not None
