"""An order will not be paid any more: its open payments are closed at their providers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tresen.domains.payments.commands import note_event, stop_asking
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderUnreachable,
    providers,
)
from tresen.domains.payments.queries import list_payments_of
from tresen.domains.payments.types import EventKind, PaymentRow, PaymentState
from tresen.foundation.actor import Actor
from tresen.workflows.buying.settle_payment import record_claims, tell_order

_OPEN = frozenset(
    {
        PaymentState.OPEN,
        PaymentState.REQUESTED,
        PaymentState.UNKNOWN,
        PaymentState.AUTHORIZED,
        PaymentState.FAILED,
    }
)


def give_up_payments(*, order_id: UUID, now: datetime, actor: Actor) -> int:
    """Close what is open; returns how many could not be closed yet. Safe to repeat.

    Money that came in at the last moment is recorded; for a cancelled order it goes back.
    """
    left = [p for p in list_payments_of(order_id) if p.state in _OPEN]
    return sum(0 if _give_up(payment, now=now, actor=actor) else 1 for payment in left)


def _give_up(payment: PaymentRow, *, now: datetime, actor: Actor) -> bool:
    provider = providers.take(payment.method)
    if provider.answers and payment.reference:
        try:
            state = provider.cancel(key=payment.id, reference=payment.reference)
        except (OutcomeUnknown, ProviderUnreachable, ProviderRefused):
            return False
        record_claims(method=payment.method, claims=state.claims, now=now, actor=actor)
        return state.is_final
    note_event(
        payment_id=payment.id,
        kind=EventKind.CANCELLED,
        event_id=f"cancelled:{payment.id}",
        now=now,
        actor=actor,
    )
    stop_asking(payment_id=payment.id)
    tell_order(order_id=payment.order_id, now=now, actor=actor)
    return True
