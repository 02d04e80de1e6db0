"""What happens after OrderPaid."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.events import OrderPaid
from tresen.domains.orders.queries import get_order
from tresen.workflows.caring.order_letters import money_words, order_letter, whole_order

PAID_AT_THE_COUNTER = "pay_in_store"


def thank_by_mail(event: OrderPaid) -> None:
    """Whoever paid at the counter holds a receipt and gets no letter."""
    order = get_order(UUID(event.order_id))
    if order.payment_method == PAID_AT_THE_COUNTER:
        return
    letter = order_letter(
        order,
        kind=LetterKind.PAYMENT_RECEIVED,
        key=f"order-paid:{event.order_id}",
        more={"amount": money_words(order.gross), "delivery": whole_order(order)["delivery"]},
    )
    queue_letters(letters=[letter], now=event.happened_at)
