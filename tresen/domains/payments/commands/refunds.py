"""Ask for money to go back. Sending it is the workflow's part, outside any transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.payments import rules
from tresen.domains.payments.commands.claims import recount
from tresen.domains.payments.events import RefundRequested
from tresen.domains.payments.models import Payment, PaymentEvent, Refund
from tresen.domains.payments.queries import NoSuchPayment, payment_row
from tresen.domains.payments.types import EventKind, RefundReason
from tresen.foundation.actor import Actor
from tresen.foundation.journal.events import announce
from tresen.foundation.money import Money, exponent_of
from tresen.foundation.refusals import Refusal


class RefundTooHigh(Refusal):
    """More than was paid and not yet given back."""

    code = "refund_too_high"
    status = 409
    message = "At most %(most)s %(currency)s can be given back."


def ask_refund(
    *,
    payment_id: UUID,
    amount: Money,
    reason: RefundReason,
    key: str,
    now: datetime,
    actor: Actor,
) -> UUID:
    """The refund alone, for whoever need not know whether it was asked for before."""
    refund_id, _is_new = ask_refund_once(
        payment_id=payment_id, amount=amount, reason=reason, key=key, now=now, actor=actor
    )
    return refund_id


@transaction.atomic
def ask_refund_once(
    *,
    payment_id: UUID,
    amount: Money,
    reason: RefundReason,
    key: str,
    now: datetime,
    actor: Actor,
) -> tuple[UUID, bool]:
    """Write down that `amount` is to go back; the same key asks once. Raises RefundTooHigh.

    The refund, and whether it is a new one.
    If nobody sends it, `ask_provider` does a minute later: a crash in between loses no refund.
    """
    payment = Payment.objects.select_for_update().filter(id=payment_id).first()
    if payment is None:
        raise NoSuchPayment
    earlier = Refund.objects.filter(payment=payment, key=key).first()
    if earlier is not None:
        return earlier.id, False
    most = payment_row(payment).refundable
    if amount.currency != most.currency or not 0 < amount.minor <= most.minor:
        text = f"{most.amount:.{exponent_of(most.currency)}f}"
        raise RefundTooHigh(field="amount", params={"most": text, "currency": most.currency})
    refund = Refund.objects.create(
        payment=payment,
        key=key,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason,
        requested_by=str(actor),
        requested_at=now,
    )
    PaymentEvent.objects.create(
        payment=payment,
        kind=EventKind.REFUND_REQUESTED,
        provider=payment.method,
        provider_event_id=f"refund_requested:{refund.id}",
        amount_minor=amount.minor,
        currency=amount.currency,
        refund=refund,
        actor=str(actor),
        happened_at=now,
        received_at=now,
    )
    payment.ask_since, payment.asked = now, 0
    payment.ask_at = rules.ask_again_at(asked=0, since=now, now=now)
    recount(payment, now=now)
    announce(
        RefundRequested(
            happened_at=now,
            order_id=str(payment.order_id),
            payment_id=str(payment.id),
            refund_id=str(refund.id),
            minor=amount.minor,
            currency=amount.currency,
        )
    )
    return refund.id, True
