"""What became of a payment or refund that nobody told us about? Ask; never charge anew (I-11)."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from tresen.domains.payments.commands import note_event, stop_asking, take_to_ask
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    PaymentProvider,
    ProviderRefused,
    ProviderState,
    ProviderUnreachable,
    providers,
)
from tresen.domains.payments.queries import get_payment, list_refunds
from tresen.domains.payments.types import EventKind, PaymentRow, PaymentState, RefundState
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.refund_payment import send_refund
from tresen.workflows.buying.settle_payment import record_claims, tell_order

logger = logging.getLogger(__name__)

BATCH_MAX = 50
_UNDECIDED = frozenset({RefundState.REQUESTED, RefundState.UNKNOWN})


def ask_provider(*, now: datetime, limit: int = BATCH_MAX) -> int:
    """Ask about payments that have waited a minute or more; says how many were asked about.

    Each is asked about after 1, 2, 4 … minutes, hourly at most, for three days.
    """
    taken = take_to_ask(now=now, limit=limit)
    for payment in taken:
        try:
            _ask(payment, now=now)
        except Exception:
            logger.exception("Asking broke off", extra={"payment_id": str(payment.id)})
    return len(taken)


def ask_about(*, payment_id: UUID, now: datetime) -> None:
    """Ask about one payment now: a customer came back, or staff wants to know."""
    _ask(get_payment(payment_id), now=now)


def _ask(payment: PaymentRow, *, now: datetime) -> None:
    provider = providers.take(payment.method)
    if not provider.answers:
        stop_asking(payment_id=payment.id)
        return
    if not payment.reference:
        _never_started(payment, now=now)
        return
    state = _fetched(provider, payment)
    if state is None:
        return
    record_claims(method=payment.method, claims=state.claims, now=now)
    if payment.state is PaymentState.UNKNOWN and not state.claims:
        _still_open(payment, now=now)
    undecided = [r for r in list_refunds(payment.id) if r.state in _UNDECIDED]
    for refund in undecided:
        send_refund(refund_id=refund.id, now=now)
    if state.is_final and not undecided:
        stop_asking(payment_id=payment.id)


def _fetched(provider: PaymentProvider, payment: PaymentRow) -> ProviderState | None:
    try:
        return provider.fetch(key=payment.id, reference=payment.reference)
    except (OutcomeUnknown, ProviderUnreachable, ProviderRefused) as error:
        logger.warning(
            "The payment service gave no answer about a payment",
            extra={"payment_id": str(payment.id), "error": type(error).__name__},
        )
        return None


def _never_started(payment: PaymentRow, *, now: datetime) -> None:
    """No customer ever got to a payment page without a reference, so no money can have moved."""
    note_event(
        payment_id=payment.id,
        kind=EventKind.FAILED,
        event_id=f"never_started:{payment.id}:{now.isoformat()}",
        now=now,
        detail="never started",
    )
    tell_order(order_id=payment.order_id, now=now, actor=SYSTEM)
    stop_asking(payment_id=payment.id)


def _still_open(payment: PaymentRow, *, now: datetime) -> None:
    """The provider answered that nothing has happened yet: no longer unknown."""
    note_event(
        payment_id=payment.id,
        kind=EventKind.REQUESTED,
        event_id=f"answered:{payment.id}:{now.isoformat()}",
        now=now,
        detail="still open",
    )
