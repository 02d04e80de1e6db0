"""Reads. get_ raises, find_ may return None. One statement each."""

from __future__ import annotations

import json
from typing import cast
from uuid import UUID

from tresen.domains.carts.types import Address, CartLine, CartRow, Contact
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import unseal

_CART = """
SELECT c.id, c.channel_code, c.locale, c.is_open, c.order_id, c.contact, c.address, c.billing,
       c.delivery_code, c.payment_method, l.variant_id, l.quantity
FROM carts_cart c LEFT JOIN carts_line l ON l.cart_id = c.id
WHERE c.id = %s ORDER BY l.position
"""


class NoSuchCart(Refusal):
    """No cart of that id, or it belongs to another channel."""

    code = "no_such_cart"
    status = 404
    message = "This cart does not exist any more. Please start a new one."


def ask_cart(cart_id: UUID, *, for_update: bool = False) -> sql.Asked[CartRow | None]:
    """The cart with its lines in the order they were put in."""
    statement = _CART + " FOR UPDATE OF c" if for_update else _CART
    return sql.ask(statement, (cart_id,), shape=_cart)


def find_cart(cart_id: UUID) -> CartRow | None:
    return ask_cart(cart_id).answer()


def get_cart(cart_id: UUID, *, channel_code: str) -> CartRow:
    """The cart of that channel. Raises NoSuchCart."""
    return checked_cart(find_cart(cart_id), channel_code=channel_code)


def checked_cart(cart: CartRow | None, *, channel_code: str) -> CartRow:
    """The cart itself, if it is there and was opened in that channel. Raises NoSuchCart."""
    if cart is None or cart.channel_code != channel_code:
        raise NoSuchCart(field="cart")
    return cart


def count_of(cart_id: UUID) -> int:
    """How many pieces lie in an open cart; 0 for one that is gone."""
    ((count,),) = sql.rows(
        "SELECT coalesce(sum(l.quantity), 0) FROM carts_cart c JOIN carts_line l"
        " ON l.cart_id = c.id WHERE c.id = %s AND c.is_open",
        (cart_id,),
    )
    return int(cast("int", count))


def _cart(found: list[sql.Row]) -> CartRow | None:
    if not found:
        return None
    first = found[0]
    return CartRow(
        id=cast("UUID", first[0]),
        channel_code=cast("str", first[1]),
        locale=cast("str", first[2]),
        is_open=cast("bool", first[3]),
        order_id=cast("UUID | None", first[4]),
        contact=_contact(cast("bytes | None", first[5])),
        address=_address(cast("bytes | None", first[6]), column="address"),
        billing=_address(cast("bytes | None", first[7]), column="billing"),
        delivery_code=cast("str", first[8]),
        payment_method=cast("str", first[9]),
        lines=tuple(
            CartLine(cast("UUID", row[10]), cast("int", row[11]))
            for row in found
            if row[10] is not None
        ),
    )


def _contact(sealed: bytes | None) -> Contact | None:
    if sealed is None:
        return None
    return Contact(**json.loads(unseal(bytes(sealed), place="carts_cart.contact")))


def _address(sealed: bytes | None, *, column: str) -> Address | None:
    if sealed is None:
        return None
    return Address(**json.loads(unseal(bytes(sealed), place=f"carts_cart.{column}")))
