"""What the payments of an order tell about risk; and what ends a review."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.orders.events import OrderCancelled
from tresen.domains.payments.events import PaymentCaptured, PaymentFailed, PaymentQuarantined
from tresen.domains.payments.queries import get_payment
from tresen.domains.payments.types import PaymentState
from tresen.domains.risk.types import EventKind
from tresen.workflows.weighing.decide_review import end_review, release_when_paid
from tresen.workflows.weighing.weigh_orders import note_outcome

DISPUTE = "dispute"


def note_failure(event: PaymentFailed) -> None:
    """A payment that did not go through; one that was merely given up says nothing."""
    if get_payment(UUID(event.payment_id)).state is PaymentState.FAILED:
        note_outcome(
            order_id=UUID(event.order_id), kind=EventKind.PAYMENT_FAILED, at=event.happened_at
        )


def note_capture(event: PaymentCaptured) -> None:
    """Money came; where a safer payment was asked for, the goods may leave now."""
    if not event.is_paid:
        return
    order_id = UUID(event.order_id)
    note_outcome(order_id=order_id, kind=EventKind.PAYMENT_CAPTURED, at=event.happened_at)
    method = get_payment(UUID(event.payment_id)).method
    release_when_paid(order_id=order_id, method=method, now=event.happened_at)


def note_dispute(event: PaymentQuarantined) -> None:
    """The owner of the card says that it was not them."""
    if event.detail == DISPUTE:
        note_outcome(
            order_id=UUID(event.order_id), kind=EventKind.PAYMENT_DISPUTED, at=event.happened_at
        )


def end_open_review(event: OrderCancelled) -> None:
    """There is nothing left to decide."""
    end_review(order_id=UUID(event.order_id), now=event.happened_at)
