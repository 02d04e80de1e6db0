"""What happens after PaymentRefunded."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.queries import get_order
from tresen.domains.payments.events import PaymentRefunded
from tresen.foundation.money import Money
from tresen.workflows.caring.order_letters import money_words, order_letter


def tell_by_mail(event: PaymentRefunded) -> None:
    """How much went back, and by which way. Each refund of a payment has its own moment."""
    order = get_order(UUID(event.order_id))
    letter = order_letter(
        order,
        kind=LetterKind.REFUND_MADE,
        key=f"refund-made:{event.payment_id}:{event.happened_at.isoformat()}",
        more={
            "amount": money_words(Money(event.minor, event.currency)),
            "method": order.payment_method,
        },
    )
    queue_letters(letters=[letter], now=event.happened_at)
