"""Writes, keywords only; each refuses a cart that is gone (NoSuchCart) or ordered (CartClosed).

Those that change a cart give it back as it is then: it is read in the same trip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tresen.domains.carts.queries import NoSuchCart, ask_cart
from tresen.domains.carts.rules import BadQuantity, checked_quantity, touched
from tresen.domains.carts.types import LINES_MAX, QUANTITY_MAX, Address, CartLine, CartRow, Contact
from tresen.domains.privacy.queries import email_indexes
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import DataKey, keys_for
from tresen.foundation.vault.sealing import seal_json

_TOUCH = "WITH c AS (UPDATE carts_cart SET touched_at = %s WHERE id = %s AND is_open RETURNING id)"
_PUT = (
    f"{_TOUCH} INSERT INTO carts_line AS l (cart_id, variant_id, quantity, position)"  # noqa: S608 (a constant)
    " SELECT c.id, v.id, v.quantity, v.n + extract(epoch FROM %s::timestamptz) * 1000"
    " FROM c, unnest(%s::uuid[], %s::int[]) WITH ORDINALITY AS v(id, quantity, n)"
    " ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = l.quantity + excluded.quantity"
)
_TAKE_OUT = (
    f"{_TOUCH} DELETE FROM carts_line l USING c"  # noqa: S608 (a constant)
    " WHERE l.cart_id = c.id AND l.variant_id = %s"
)
_SET_QUANTITY = (
    f"{_TOUCH} UPDATE carts_line l SET quantity = %s FROM c"  # noqa: S608 (a constant)
    " WHERE l.cart_id = c.id AND l.variant_id = %s"
)
_FORGET = (
    "WITH old AS (SELECT id FROM carts_cart WHERE %s FOR UPDATE SKIP LOCKED),"
    " gone AS (DELETE FROM carts_line USING old WHERE cart_id = old.id),"
    " shut AS (DELETE FROM vault.data_key USING old WHERE subject = old.id)"
    " DELETE FROM carts_cart c USING old WHERE c.id = old.id"
)


class CartClosed(Refusal):
    """The cart is gone or was ordered already."""

    code = "cart_closed"
    status = 409
    message = "This cart was already ordered or is gone. Please start a new one."


class CartFull(Refusal):
    """More than LINES_MAX different things."""

    code = "cart_full"
    message = "A cart holds at most %(max)s different articles. Please order in two steps."


def open_cart(*, channel_code: str, locale: str, now: datetime) -> UUID:
    """A new empty cart."""
    cart_id = uuid4()
    sql.run(
        "INSERT INTO carts_cart (id, channel_code, locale, is_open, delivery_code,"
        " payment_method, made_at, touched_at) VALUES (%s, %s, %s, true, '', '', %s, %s)",
        (cart_id, channel_code, locale, now, touched(now)),
    )
    return cart_id


def put_in(*, cart_id: UUID, lines: Sequence[CartLine], now: datetime) -> CartRow:
    """Add to what is there; the same article twice counts as one line.

    Raises BadQuantity, CartFull, CartClosed, NoSuchCart; nothing is changed then.
    """
    wanted: Counter[UUID] = Counter()
    for line in lines:
        wanted[line.variant_id] += checked_quantity(line.quantity)
    try:
        with transaction.atomic(savepoint=False):
            cart = _changed(_PUT, _put_params(cart_id, wanted, now), cart_id)
            if len(cart.lines) > LINES_MAX:
                raise CartFull(field="lines", params={"max": LINES_MAX})
    except IntegrityError as error:
        if sql.constraint_of(error) != "cart_quantity_in_bounds":
            raise
        raise BadQuantity(field="quantity", params={"max": QUANTITY_MAX}) from error
    return cart


def set_quantity(*, cart_id: UUID, variant_id: UUID, quantity: int, now: datetime) -> CartRow:
    """Exactly so many; 0 takes the line out. Raises BadQuantity, CartClosed."""
    checked_quantity(quantity, at_least=0)
    if quantity == 0:
        return _changed(_TAKE_OUT, (touched(now), cart_id, variant_id), cart_id)
    params = (touched(now), cart_id, quantity, variant_id)
    return _changed(_SET_QUANTITY, params, cart_id)


def set_addressee(
    *,
    cart_id: UUID,
    contact: Contact,
    address: Address | None,
    billing: Address | None,
    now: datetime,
) -> CartRow:
    """Who receives it and how they are reached. Raises CartClosed, NoSuchCart."""
    with transaction.atomic(savepoint=False):
        key = keys_for(cart_id, KeyClass.CART)[KeyClass.CART]
        return _set(
            cart_id,
            now,
            email_index=email_indexes(contact.email)[0] if contact.email else None,
            contact=_sealed(contact, key, column="contact"),
            address=_sealed(address, key, column="address"),
            billing=_sealed(billing, key, column="billing"),
        )


def choose_delivery(*, cart_id: UUID, delivery_code: str, now: datetime) -> CartRow:
    """The delivery option; whether it may be chosen is for the workflow. Raises CartClosed."""
    return _set(cart_id, now, delivery_code=delivery_code)


def choose_payment(*, cart_id: UUID, payment_method: str, now: datetime) -> CartRow:
    """The payment method; whether it may be chosen is for the workflow. Raises CartClosed."""
    return _set(cart_id, now, payment_method=payment_method)


def close_cart(*, cart_id: UUID, order_id: UUID, now: datetime) -> None:
    """The cart became an order; its personal data goes with it and is no longer kept here."""
    sql.run(
        "WITH shut AS (DELETE FROM vault.data_key WHERE subject = %s)"
        " UPDATE carts_cart SET is_open = false, order_id = %s, contact = NULL, address = NULL,"
        " billing = NULL, email_index = NULL, touched_at = %s WHERE id = %s AND is_open",
        (cart_id, order_id, touched(now), cart_id),
    )


def forget_old_carts(*, before: datetime, limit: int) -> int:
    """Delete open carts nobody touched since `before`, and their keys; says how many."""
    return sql.changed(_FORGET % "touched_at < %s AND is_open LIMIT %s", (before, limit))


def forget_carts_of(*, email: str) -> int:
    """Delete the open carts in which that address was typed, and their keys; says how many."""
    return sql.changed(
        _FORGET % "email_index = ANY(%s::bytea[]) AND is_open", (email_indexes(email),)
    )


def _set(cart_id: UUID, now: datetime, **columns: object) -> CartRow:
    places = ", ".join(f"{name} = %s" for name in columns)
    return _changed(
        f"UPDATE carts_cart SET {places}, touched_at = %s"  # noqa: S608 (names from this file)
        " WHERE id = %s AND is_open",
        (*columns.values(), touched(now), cart_id),
        cart_id,
    )


def _put_params(cart_id: UUID, wanted: Counter[UUID], now: datetime) -> Sequence[object]:
    return touched(now), cart_id, now, list(wanted), list(wanted.values())


def _changed(statement: str, params: Sequence[object], cart_id: UUID) -> CartRow:
    """A statement that leaves a cart alone which is not open; then the cart as it is now."""
    with sql.pipelined():
        sql.run(statement, params)
        cart = ask_cart(cart_id).answer()
    if cart is None:
        raise NoSuchCart(field="cart")
    if not cart.is_open:
        raise CartClosed(field="cart")
    return cart


def _sealed(value: Contact | Address | None, key: DataKey, *, column: str) -> bytes | None:
    if value is None:
        return None
    return seal_json(asdict(value), key=key, place=f"carts_cart.{column}", row=key.subject)
