"""Writes on payments that are not about what a provider says."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from psycopg.types.numeric import Int8

from tresen.domains.payments import rules
from tresen.domains.payments.models import Payment
from tresen.domains.payments.queries import payment_row
from tresen.domains.payments.types import Method, PaymentRow
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

ASKED_MAX = 1_000
_OPEN = (
    "INSERT INTO payments_payment"
    " (id, order_id, order_number, method, amount_minor, currency, reference, opened_at, due_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


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
    """Promise money for an order. One statement; an order of zero opens no payment.

    A bank transfer has its reference from the start: the customer may pay before anyone asks.
    """
    assert amount.minor > 0
    payment_id = new_id()
    is_transfer = method == Method.BANK_TRANSFER
    sql.run(
        _OPEN,
        (
            payment_id,
            order_id,
            order_number,
            method,
            Int8(amount.minor),
            amount.currency,
            rules.creditor_reference(order_number) if is_transfer else "",
            now,
            due_at,
        ),
    )
    return payment_id


def note_reference(*, payment_id: UUID, reference: str) -> None:
    """Keep the provider's name for the payment; it never changes."""
    kept = Payment.objects.filter(id=payment_id, reference__in=("", reference))
    moved = kept.update(reference=reference)
    assert moved == 1, "a payment keeps its reference"


def begin_asking(*, payment_id: UUID, now: datetime) -> None:
    """From now on the provider is asked what became of the payment, first in a minute."""
    Payment.objects.filter(id=payment_id).update(
        ask_since=now, asked=0, ask_at=rules.ask_again_at(asked=0, since=now, now=now)
    )


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
        payment.asked = min(payment.asked + 1, ASKED_MAX)
        since = payment.ask_since or payment.opened_at
        payment.ask_at = rules.ask_again_at(asked=payment.asked, since=since, now=now)
    Payment.objects.bulk_update(taken, ["asked", "ask_at"])
    return [payment_row(payment) for payment in taken]


def stop_asking(*, payment_id: UUID) -> None:
    """The provider said that nothing more will come."""
    Payment.objects.filter(id=payment_id).update(ask_at=None)
