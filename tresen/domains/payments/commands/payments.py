"""Writes on payments that are not about what a provider says."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.payments import rules
from tresen.domains.payments.models import Payment
from tresen.domains.payments.queries import payment_row
from tresen.domains.payments.types import PaymentRow, PaymentState
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal


class AlreadyPaid(Refusal):
    """Nothing is owed any more."""

    code = "already_paid"
    status = 409
    message = "This payment has already been made. Nothing is owed."


class PaymentGivenUp(Refusal):
    """The payment was cancelled; money must not be asked for again."""

    code = "payment_given_up"
    status = 409
    message = "This payment was cancelled. Please place a new order."


def open_payment(
    *,
    order_id: UUID,
    method: str,
    amount: Money,
    order_number: str,
    now: datetime,
    due_at: datetime | None = None,
) -> UUID:
    """Promise money for an order. One statement; an order of zero opens no payment."""
    assert amount.minor > 0
    payment_id = new_id()
    sql.run(
        "INSERT INTO payments_payment"
        " (id, order_id, order_number, method, amount_minor, currency, opened_at, due_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            payment_id,
            order_id,
            order_number,
            method,
            amount.minor,
            amount.currency,
            now,
            due_at,
        ),
    )
    return payment_id


@transaction.atomic
def note_reference(*, payment_id: UUID, reference: str, ask_at: datetime | None) -> None:
    """Keep the provider's name for the payment, and when to ask what became of it."""
    payment = Payment.objects.select_for_update().get(id=payment_id)
    assert payment.reference in {"", reference}, "a payment keeps its reference"
    payment.reference = reference
    if payment.state not in {PaymentState.CAPTURED, PaymentState.CANCELLED}:
        payment.ask_at = ask_at
    payment.save(update_fields=["reference", "ask_at"])


@transaction.atomic
def take_to_ask(*, now: datetime, limit: int) -> list[PaymentRow]:
    """Payments whose provider is to be asked now; each is put off: two never ask at once."""
    due = (
        Payment.objects.select_for_update(skip_locked=True)
        .filter(ask_at__lte=now)
        .order_by("ask_at")[:limit]
    )
    taken = list(due)
    for payment in taken:
        payment.asked = min(payment.asked + 1, 1000)
        payment.ask_at = rules.ask_again_at(
            asked=payment.asked, opened_at=payment.opened_at, now=now
        )
    Payment.objects.bulk_update(taken, ["asked", "ask_at"])
    return [payment_row(payment) for payment in taken]


def stop_asking(*, payment_id: UUID) -> None:
    """The provider said that nothing more will come."""
    Payment.objects.filter(id=payment_id).update(ask_at=None)
