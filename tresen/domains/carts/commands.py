"""Writes. Each is one statement, keywords only, and refuses a cart that is gone or ordered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tresen.domains.carts.rules import BadQuantity, checked_quantity
from tresen.domains.carts.types import LINES_MAX, QUANTITY_MAX, Address, CartLine, Contact
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import seal

_TOUCH = "UPDATE carts_cart SET touched_at = %s WHERE id = %s AND is_open RETURNING id"


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
        (cart_id, channel_code, locale, now, now),
    )
    return cart_id


def put_in(*, cart_id: UUID, lines: Sequence[CartLine], now: datetime) -> None:
    """Add to what is there; the same article twice is one line.

    Raises BadQuantity, CartFull, CartClosed; nothing is changed then.
    """
    wanted: Counter[UUID] = Counter()
    for line in lines:
        wanted[line.variant_id] += checked_quantity(line.quantity)
    try:
        with transaction.atomic(savepoint=False):
            counted = sql.rows(
                f"WITH c AS ({_TOUCH}), put AS ("  # noqa: S608 (a constant)
                " INSERT INTO carts_line AS l (cart_id, variant_id, quantity, position)"
                " SELECT c.id, v.id, v.quantity, v.n + extract(epoch FROM %s::timestamptz) * 1000"
                " FROM c, unnest(%s::uuid[], %s::int[]) WITH ORDINALITY AS v(id, quantity, n)"
                " ON CONFLICT (cart_id, variant_id) DO UPDATE"
                " SET quantity = l.quantity + excluded.quantity RETURNING xmax = 0 AS is_new)"
                " SELECT (SELECT count(*) FROM carts_line WHERE cart_id = c.id)"
                " + (SELECT count(*) FROM put WHERE is_new) FROM c",
                (
                    now,
                    cart_id,
                    now,
                    list(wanted),
                    list(wanted.values()),
                ),
            )
            _check_room(counted)
    except IntegrityError as error:
        if sql.constraint_of(error) != "cart_quantity_in_bounds":
            raise
        raise BadQuantity(field="quantity", params={"max": QUANTITY_MAX}) from error


def set_quantity(*, cart_id: UUID, variant_id: UUID, quantity: int, now: datetime) -> None:
    """Exactly so many; 0 takes the line out. Raises BadQuantity, CartClosed."""
    checked_quantity(quantity, at_least=0)
    change = (
        "DELETE FROM carts_line l USING c WHERE l.cart_id = c.id AND l.variant_id = %s"
        if quantity == 0
        else "UPDATE carts_line l SET quantity = %s FROM c WHERE l.cart_id = c.id"
        " AND l.variant_id = %s"
    )
    params = (variant_id,) if quantity == 0 else (quantity, variant_id)
    _must_touch(
        sql.rows(
            f"WITH c AS ({_TOUCH}), done AS ({change} RETURNING 1)"  # noqa: S608 (constants)
            " SELECT 1 FROM c",
            (now, cart_id, *params),
        )
    )


def set_addressee(
    *,
    cart_id: UUID,
    contact: Contact,
    address: Address | None,
    billing: Address | None,
    now: datetime,
) -> None:
    """Who receives it and how they are reached. Raises CartClosed."""
    _set(
        cart_id,
        now,
        contact=_sealed(contact, column="contact"),
        address=_sealed(address, column="address"),
        billing=_sealed(billing, column="billing"),
    )


def choose_delivery(*, cart_id: UUID, delivery_code: str, now: datetime) -> None:
    """The delivery option; whether it may be chosen is for the workflow. Raises CartClosed."""
    _set(cart_id, now, delivery_code=delivery_code)


def choose_payment(*, cart_id: UUID, payment_method: str, now: datetime) -> None:
    """The payment method; whether it may be chosen is for the workflow. Raises CartClosed."""
    _set(cart_id, now, payment_method=payment_method)


def close_cart(*, cart_id: UUID, order_id: UUID, now: datetime) -> None:
    """The cart became an order; its personal data goes with it and is no longer kept here."""
    sql.run(
        "UPDATE carts_cart SET is_open = false, order_id = %s, contact = NULL, address = NULL,"
        " billing = NULL, touched_at = %s WHERE id = %s AND is_open",
        (order_id, now, cart_id),
    )


def forget_old_carts(*, before: datetime, limit: int) -> int:
    """Delete open carts nobody touched since `before`; says how many."""
    return sql.changed(
        "WITH old AS (SELECT id FROM carts_cart WHERE touched_at < %s AND is_open LIMIT %s"
        " FOR UPDATE SKIP LOCKED), gone AS (DELETE FROM carts_line USING old"
        " WHERE cart_id = old.id)"
        " DELETE FROM carts_cart c USING old WHERE c.id = old.id",
        (before, limit),
    )


def _set(cart_id: UUID, now: datetime, **columns: object) -> None:
    places = ", ".join(f"{name} = %s" for name in columns)
    _must_touch(
        sql.rows(
            f"UPDATE carts_cart SET {places}, touched_at = %s"  # noqa: S608 (names from this file)
            " WHERE id = %s AND is_open RETURNING 1",
            (*columns.values(), now, cart_id),
        )
    )


def _must_touch(found: Sequence[sql.Row]) -> None:
    if not found:
        raise CartClosed(field="cart")


def _check_room(counted: Sequence[sql.Row]) -> None:
    _must_touch(counted)
    count = counted[0][0]
    assert isinstance(count, int)
    if count > LINES_MAX:
        raise CartFull(field="lines", params={"max": LINES_MAX})


def _sealed(value: Contact | Address | None, *, column: str) -> bytes | None:
    if value is None:
        return None
    text = json.dumps(asdict(value), ensure_ascii=False, separators=(",", ":"))
    return seal(text.encode(), place=f"carts_cart.{column}")
