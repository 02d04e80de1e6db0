"""Decisions about orders. Pure: no database, no clock, no network."""

from __future__ import annotations

from collections.abc import Sequence

from tresen.domains.orders.types import FulfilmentState, LineRow, NewOrder, OrderRow, OrderState
from tresen.foundation.refusals import Refusal

_WEIGHTS = (7, 3, 1)


class EmptyOrder(Refusal):
    """An order must hold at least one line."""

    code = "empty_cart"
    message = "The cart is empty. Please put something in first."


class NotCancellable(Refusal):
    """Goods are on their way or the order is cancelled already."""

    code = "not_cancellable"
    status = 409
    message = "This order is already on its way or was cancelled. You can still return it."


def check_sums(order: NewOrder) -> None:
    """Broken sums are a fault of ours, never the customer's: asserted, not refused."""
    if not order.lines:
        raise EmptyOrder
    for line in order.lines:
        assert line.quantity > 0
        assert line.gross == line.unit * line.quantity, line.sku
    assert sum(line.gross.minor for line in order.lines) == order.goods.minor
    assert order.goods + order.delivery_price == order.gross
    assert order.net + order.tax == order.gross
    assert sum(share.gross.minor for share in order.taxes) == order.gross.minor
    assert sum(share.tax.minor for share in order.taxes) == order.tax.minor


def number_of(sequence: int) -> str:
    """The number people say on the phone: the sequence and a check digit (weights 7, 3, 1)."""
    digits = str(sequence)
    total = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def is_number(text: str) -> bool:
    """Whether the check digit fits, so that a mistyped number is found before the search."""
    return text.isascii() and text.isdigit() and len(text) > 1 and number_of(int(text[:-1])) == text


def may_cancel(order: OrderRow) -> bool:
    return (
        order.state is OrderState.PLACED
        and order.fulfilment_state is FulfilmentState.OPEN
        and all(line.shipped == 0 for line in order.lines)
    )


def fulfilment_of(lines: Sequence[LineRow], *, collected: bool) -> FulfilmentState:
    """The roll-up after a parcel left or a pick-up was handed over."""
    shipped = sum(line.shipped for line in lines)
    if shipped == 0:
        return FulfilmentState.OPEN
    if shipped < sum(line.quantity for line in lines):
        return FulfilmentState.PARTLY_SHIPPED
    return FulfilmentState.COLLECTED if collected else FulfilmentState.SHIPPED
