"""What happens after OrderCancelled."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.events import OrderCancelled
from tresen.domains.orders.queries import get_order
from tresen.domains.risk.queries import find_review_of
from tresen.domains.risk.types import ReviewState
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.give_up_payment import give_up_payments
from tresen.workflows.caring.order_letters import line_words, money_words, order_letter


def confirm_by_mail(event: OrderCancelled) -> None:
    """That nothing will come, and that money goes back where there was some."""
    order = get_order(UUID(event.order_id))
    letter = order_letter(
        order,
        kind=LetterKind.ORDER_REFUSED if _was_refused(order.id) else LetterKind.ORDER_CANCELLED,
        key=f"order-cancelled:{event.order_id}",
        more={
            "was_paid": event.was_paid,
            "gross": money_words(order.gross),
            "lines": [line_words(line) for line in order.lines],
            "method": order.payment_method,
        },
    )
    queue_letters(letters=[letter], now=event.happened_at)


def _was_refused(order_id: UUID) -> bool:
    review = find_review_of(order_id)
    return review is not None and review.state is ReviewState.REFUSED


def give_up_open_payments(event: OrderCancelled, key: str) -> None:  # noqa: ARG001
    """A payment page that is still open elsewhere is closed; safe to hear twice."""
    give_up_payments(order_id=UUID(event.order_id), now=event.happened_at, actor=SYSTEM)
