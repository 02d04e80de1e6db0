"""A guest puts something into the cart, changes how many, or takes it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.carts.commands import open_cart, put_in, set_quantity
from tresen.domains.carts.queries import checked_cart, get_cart
from tresen.domains.carts.rules import empty_cart
from tresen.domains.carts.types import CartLine
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.place_order import LineNotAvailable
from tresen.workflows.buying.quote_cart import Problem, Quote, quote_cart


class NotForSale(Refusal):
    """The article is unknown, not published in this channel, or has no price."""

    code = "not_for_sale"
    status = 404
    message = "This article is not for sale here."


class NotInCart(Refusal):
    """The cart has no line of that article."""

    code = "not_in_cart"
    status = 404
    message = "This article is not in the cart."


@sql.transaction()
def start_cart(
    *, channel: ChannelRow, locale: str, lines: Sequence[CartLine], now: datetime
) -> Quote:
    """A new cart, perhaps with something in it. Raises what add_to_cart raises."""
    cart_id = open_cart(channel_code=channel.code, locale=locale, now=now)
    if lines:
        return _add(cart_id, channel=channel, locale=locale, lines=lines, now=now)
    cart = empty_cart(cart_id, channel_code=channel.code, locale=locale)
    return quote_cart(cart=cart, channel=channel, locale=locale, at=now)


@sql.transaction()
def add_to_cart(
    *, cart_id: UUID, channel: ChannelRow, locale: str, lines: Sequence[CartLine], now: datetime
) -> Quote:
    """Put more in, if it is for sale and there is enough of it.

    Raises BadQuantity, CartFull, CartClosed, NoSuchCart, NotForSale, LineNotAvailable.
    """
    return _add(cart_id, channel=channel, locale=locale, lines=lines, now=now)


def _add(
    cart_id: UUID, *, channel: ChannelRow, locale: str, lines: Sequence[CartLine], now: datetime
) -> Quote:
    if lines:
        cart = put_in(cart_id=cart_id, lines=lines, now=now)
        checked_cart(cart, channel_code=channel.code)
    else:
        cart = get_cart(cart_id, channel_code=channel.code)
    quote = quote_cart(cart=cart, channel=channel, locale=locale, at=now)
    added = {line.variant_id: place for place, line in enumerate(lines)}
    for line in quote.lines:
        if line.variant_id in added:
            _check(quote, line.variant_id, field=f"lines[{added[line.variant_id]}]")
    return quote


@sql.transaction()
def change_quantity(
    *,
    cart_id: UUID,
    variant_id: UUID,
    quantity: int,
    channel: ChannelRow,
    locale: str,
    now: datetime,
) -> Quote:
    """Exactly so many of an article that is in the cart; 0 takes it out.

    Raises BadQuantity, CartClosed, NoSuchCart, NotInCart, LineNotAvailable (when raised).
    """
    before = get_cart(cart_id, channel_code=channel.code)
    held = {line.variant_id: line.quantity for line in before.lines}
    if variant_id not in held:
        raise NotInCart(field="variant")
    cart = set_quantity(cart_id=cart_id, variant_id=variant_id, quantity=quantity, now=now)
    quote = quote_cart(cart=cart, channel=channel, locale=locale, at=now)
    if quantity > held[variant_id]:
        _check(quote, variant_id, field="quantity")
    return quote


def _check(quote: Quote, variant_id: UUID, *, field: str) -> None:
    line = next(line for line in quote.lines if line.variant_id == variant_id)
    if line.problem in {Problem.GONE, Problem.NO_PRICE}:
        raise NotForSale(field=field)
    if line.problem is not Problem.NONE:
        assert line.goods is not None
        raise LineNotAvailable(
            field=field, params={"title": line.goods.title, "available": max(line.available, 0)}
        )
