"""Reads. get_ raises, find_ may return None. One statement each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.carts.types import Address, CartLine, CartRow, Contact
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.data_keys import COLUMNS, data_key_of, hold
from tresen.foundation.vault.sealing import CannotOpen, unseal_json

_CART = f"""
SELECT c.id, c.channel_code, c.locale, c.is_open, c.order_id, c.contact, c.address, c.billing,
       c.delivery_code, c.payment_method, l.variant_id, l.quantity, {COLUMNS}
FROM carts_cart c LEFT JOIN carts_line l ON l.cart_id = c.id
LEFT JOIN vault.data_key k ON k.subject = c.id AND k.class = 'cart'
WHERE c.id = %s ORDER BY l.position
"""  # noqa: S608 (a constant)
"""The cart's key comes along: it is asked for on every page of the checkout."""


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


def made_at_of(cart_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the first article was put into each."""
    found = sql.rows(
        "SELECT id, made_at FROM carts_cart WHERE id = ANY(%s::uuid[])", (list(cart_ids),)
    )
    return dict(cast("list[tuple[UUID, datetime]]", found))


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
    if first[12] is not None:
        hold([data_key_of(first[12:])])
    cart_id = cast("UUID", first[0])
    return CartRow(
        id=cart_id,
        channel_code=cast("str", first[1]),
        locale=cast("str", first[2]),
        is_open=cast("bool", first[3]),
        order_id=cast("UUID | None", first[4]),
        contact=_contact(_opened(first[5], "contact", cart_id)),
        address=_address(_opened(first[6], "address", cart_id)),
        billing=_address(_opened(first[7], "billing", cart_id)),
        delivery_code=cast("str", first[8]),
        payment_method=cast("str", first[9]),
        lines=tuple(
            CartLine(cast("UUID", row[10]), cast("int", row[11]))
            for row in found
            if row[10] is not None
        ),
    )


def _contact(value: object | None) -> Contact | None:
    return None if value is None else Contact(**cast("dict[str, str]", value))


def _address(value: object | None) -> Address | None:
    return None if value is None else Address(**cast("dict[str, str]", value))


def _opened(sealed: object, column: str, cart_id: UUID) -> object | None:
    """What a destroyed key sealed is as if it had never been typed in."""
    if sealed is None:
        return None
    try:
        place = f"carts_cart.{column}"
        return unseal_json(bytes(cast("bytes", sealed)), place=place, row=cart_id)
    except CannotOpen:
        return None
