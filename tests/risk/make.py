"""Orders that look suspicious, or not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tresen.domains.risk.commands import note_payment, put_ruleset
from tresen.domains.risk.queries import current_ruleset, find_review_of
from tresen.domains.risk.rules import ruleset_from, written_ruleset
from tresen.domains.risk.tests.make import seen_order
from tresen.domains.risk.types import EventKind, ReviewRow
from tresen.foundation.actor import GUEST, SYSTEM, Actor
from tresen.foundation.ids import new_id
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart
from tresen.workflows.weighing.weigh_orders import weigh_orders

EMAIL = "erika@example.com"
"""Who buys in the tests of buying."""
PLACED = NOON + timedelta(minutes=2)
"""Nobody fills a cart and orders in the same second."""
STAFF = Actor("staff", UUID(int=7), session="s1")


def ordered(shop: SmallShop, *, key: str = "k", payment: str = "demo_card", **words: str) -> UUID:
    placed = place_order(
        cart_id=ready_cart(shop, payment=payment, **words),  # type: ignore[arg-type]
        channel=shop.channel,
        key=key,
        seen_total=None,
        texts={},
        now=PLACED,
        actor=GUEST,
    )
    return placed.order_id


def called_back(times: int = 2) -> None:
    """Earlier payments of Erika were called back by the owners of the cards."""
    for place in range(times):
        order_id = seen_order(email=EMAIL, device="", place="", minutes=-60 * 24 * (30 + place))
        note_payment(order_id=order_id, kind=EventKind.PAYMENT_DISPUTED, at=NOON)


def held(shop: SmallShop, **words: str) -> tuple[UUID, ReviewRow]:
    """An order that waits for a person."""
    called_back()
    order_id = ordered(shop, **words)
    assert weigh_orders([order_id], now=NOON) == [order_id]
    review = find_review_of(order_id)
    assert review is not None
    return order_id, review


def thresholds(*, stronger_from: int, review_from: int) -> None:
    """Other thresholds from now on."""
    body = written_ruleset(current_ruleset())
    body |= {"stronger_from": stronger_from, "review_from": review_from, "name": str(new_id())}
    put_ruleset(ruleset=ruleset_from(body, version=0), now=NOON, actor=SYSTEM)
