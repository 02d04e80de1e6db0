"""The term of payment: what is unpaid too long is taken back, what is paid or young is not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.inventory.queries import ask_availability
from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderState, PaymentState
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.workflows.buying.end_unpaid_orders import end_unpaid_orders
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests import make

pytestmark = pytest.mark.django_db


def _order(shop: make.SmallShop, *, payment: str = "bank_transfer") -> UUID:
    cart_id = make.ready_cart(shop, (shop.tea, 1), payment=payment)
    placed = place_order(
        cart_id=cart_id,
        channel=shop.channel,
        key=str(cart_id),
        seen_total=None,
        texts={},
        now=make.NOON,
        actor=GUEST,
    )
    return placed.order_id


def test_only_what_is_unpaid_too_long_is_taken_back() -> None:
    shop = make.small_shop()
    by_transfer, by_card, paid = _order(shop), _order(shop, payment="demo_card"), _order(shop)
    note_payment(order_id=paid, state=PaymentState.PAID, now=make.NOON, actor=SYSTEM)

    after_two_days = end_unpaid_orders(now=make.NOON + timedelta(days=2))
    states_then = [get_order(order_id).state for order_id in (by_transfer, by_card, paid)]
    after_eleven = end_unpaid_orders(now=make.NOON + timedelta(days=11))

    assert (after_two_days, after_eleven) == (1, 1)
    assert states_then == [OrderState.PLACED, OrderState.CANCELLED, OrderState.PLACED]
    assert get_order(by_transfer).state is OrderState.CANCELLED
    assert get_order(paid).state is OrderState.PLACED
    free = ask_availability([shop.tea], locations=["lager"], now=make.NOON).answer()
    assert free[shop.tea] == 9
