"""Somebody orders the same again: what is still for sale goes into the cart, at today's prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tresen.domains.carts.commands import CartClosed
from tresen.domains.carts.queries import NoSuchCart
from tresen.domains.carts.types import CartLine
from tresen.domains.orders.types import LineRow, OrderRow
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.fill_cart import add_to_cart, start_cart


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The cart, None when nothing went in; and the titles of what could not."""

    cart_id: UUID | None
    taken: int
    left_out: tuple[str, ...]


def order_again(
    *, order: OrderRow, cart_id: UUID | None, channel: ChannelRow, locale: str, now: datetime
) -> Again:
    """Line by line: what is sold out or gone does not keep the rest out."""
    taken, left_out = 0, []
    for line in order.lines:
        try:
            cart_id = _put(line, cart_id, channel=channel, locale=locale, now=now)
        except Refusal:
            left_out.append(line.title)
        else:
            taken += 1
    return Again(cart_id=cart_id if taken else None, taken=taken, left_out=tuple(left_out))


def _put(
    line: LineRow, cart_id: UUID | None, *, channel: ChannelRow, locale: str, now: datetime
) -> UUID:
    wanted = [CartLine(line.variant_id, line.quantity)]
    if cart_id is not None:
        try:
            add_to_cart(cart_id=cart_id, channel=channel, locale=locale, lines=wanted, now=now)
        except (NoSuchCart, CartClosed):
            pass  # an old cookie: a fresh cart serves better than a refusal
        else:
            return cart_id
    return start_cart(channel=channel, locale=locale, lines=wanted, now=now).cart.id
