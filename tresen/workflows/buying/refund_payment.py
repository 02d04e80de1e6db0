"""Money goes back: asked for in one transaction, sent outside of it, and certain in the end.

A refund is requested, then refunded or failed; without an answer it is unknown until the provider
was asked. The refund's id is the provider's idempotency key.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.orders.queries import person_of_order, persons_of
from tresen.domains.payments.commands import ask_refund_once, begin_asking, note_event, record_claim
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderUnreachable,
    providers,
)
from tresen.domains.payments.queries import get_payment, get_refund
from tresen.domains.payments.types import (
    Claim,
    EventKind,
    PaymentRow,
    RefundReason,
    RefundRow,
    RefundState,
)
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.disclosures.about import about
from tresen.foundation.money import Money
from tresen.workflows.buying.settle_payment import NotByHand, record_claims, tell_order

_UNDECIDED = frozenset({RefundState.REQUESTED, RefundState.UNKNOWN})


def refund_payment(
    *,
    payment_id: UUID,
    amount: Money,
    reason: RefundReason,
    key: str,
    now: datetime,
    actor: Actor,
) -> UUID:
    """Ask for a refund and send it; the same `key` refunds once.

    Raises NoSuchPayment, RefundTooHigh. What became of it says the refund's state; by hand
    (transfer, till) it stays `requested` until `confirm_refund`.
    """
    with transaction.atomic():
        refund_id, is_new = ask_refund_once(
            payment_id=payment_id, amount=amount, reason=reason, key=key, now=now, actor=actor
        )
        if is_new:
            _record(get_refund(refund_id), now=now, actor=actor)
    send_refund(refund_id=refund_id, now=now)
    return refund_id


def send_refund(*, refund_id: UUID, now: datetime) -> RefundState:
    """Tell the provider, unless it is known what became of the refund. Safe to repeat."""
    refund = get_refund(refund_id)
    payment = get_payment(refund.payment_id)
    provider = providers.take(payment.method)
    if refund.state not in _UNDECIDED or not provider.answers:
        return refund.state
    begin_asking(payment_id=payment.id, now=now)
    try:
        with about(person_of_order(payment.order_id)):
            state = provider.refund(
                refund_key=refund.id,
                key=payment.id,
                reference=payment.capture_reference,
                amount=refund.amount,
            )
    except OutcomeUnknown:
        _note(payment, refund, EventKind.UNKNOWN, now=now)
    except ProviderRefused:
        _note(payment, refund, EventKind.REFUND_FAILED, now=now, detail="refused")
    except ProviderUnreachable:
        return refund.state
    else:
        record_claims(method=payment.method, claims=state.claims, now=now)
    return get_refund(refund_id).state


@transaction.atomic
def confirm_refund(*, refund_id: UUID, now: datetime, actor: Actor) -> None:
    """Staff has given the money back by hand. Raises NoSuchPayment, NotByHand."""
    refund = get_refund(refund_id)
    payment = get_payment(refund.payment_id)
    provider = providers.take(payment.method)
    if provider.answers:
        raise NotByHand(field="refund")
    event_id = f"given_back:{refund.id}"
    claim = Claim(
        kind=EventKind.REFUNDED,
        event_id=event_id,
        references=(),
        merchant=provider.merchant,
        amount=refund.amount,
        happened_at=now,
        money_id=event_id,
        refund_key=str(refund.id),
    )
    record_claim(
        method=payment.method,
        merchant=provider.merchant,
        claim=claim,
        now=now,
        actor=actor,
        counted_for=payment.id,
    )
    deed = Deed(
        action="payment.confirm_refund",
        actor=actor,
        object_kind="order",
        object_id=str(payment.order_id),
        persons=persons_of(payment.order_id),
        before={"refund": refund.id, "state": refund.state},
        after={"refund": refund.id, "state": RefundState.REFUNDED},
    )
    record(deed, now=now)
    tell_order(order_id=payment.order_id, now=now, actor=actor)


def _record(refund: RefundRow, *, now: datetime, actor: Actor) -> None:
    order_id = get_payment(refund.payment_id).order_id
    deed = Deed(
        action="payment.refund",
        actor=actor,
        object_kind="order",
        object_id=str(order_id),
        persons=persons_of(order_id),
        after={"refund": refund.id, "amount": refund.amount, "reason": refund.reason},
    )
    record(deed, now=now)


def _note(
    payment: PaymentRow, refund: RefundRow, kind: EventKind, *, now: datetime, detail: str = ""
) -> None:
    note_event(
        payment_id=payment.id,
        kind=kind,
        event_id=f"{kind}:{refund.id}:{now.isoformat()}",
        now=now,
        refund_id=refund.id,
        detail=detail,
    )
    tell_order(order_id=payment.order_id, now=now, actor=SYSTEM)
