"""Small builders for the tests of payments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from tresen.domains.payments.commands import note_reference, open_payment, post_sale
from tresen.domains.payments.rules import Happening
from tresen.domains.payments.types import Claim, EventKind, PaymentRow, PaymentState
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MERCHANT = "our account"
METHOD = "demo_card"


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


@transaction.atomic
def payment(
    *,
    minor: int = 5000,
    method: str = METHOD,
    reference: str = "ref-1",
    number: str = "TR-1001",
    order_id: UUID | None = None,
) -> UUID:
    """A sale and its payment, started at the provider."""
    order_id = order_id or uuid4()
    tax = minor * 19 // 119
    post_sale(order_id=order_id, gross=euro(minor), net=euro(minor - tax), tax=euro(tax), now=NOON)
    payment_id = open_payment(
        order_id=order_id, method=method, amount=euro(minor), order_number=number, now=NOON
    )
    if reference and method == METHOD:
        note_reference(payment_id=payment_id, reference=reference)
    return payment_id


def claim(
    kind: EventKind = EventKind.CAPTURED,
    *,
    minor: int = 5000,
    event_id: str = "",
    money_id: str = "money-1",
    reference: str = "ref-1",
    currency: str = "EUR",
    merchant: str = MERCHANT,
    payment_key: str = "",
    order_number: str = "TR-1001",
    refund_key: str = "",
    minutes: int = 0,
) -> Claim:
    return Claim(
        kind=kind,
        event_id=event_id or f"event-{kind}-{money_id}",
        references=(reference,),
        merchant=merchant,
        amount=Money(minor, currency),
        happened_at=NOON + timedelta(minutes=minutes),
        money_id=money_id,
        capture_reference=reference,
        payment_key=payment_key,
        order_number=order_number,
        refund_key=refund_key,
    )


def happening(
    kind: EventKind,
    minor: int = 5000,
    *,
    money_id: str = "money-1",
    refund_id: UUID | None = None,
    minutes: int = 0,
) -> Happening:
    return Happening(
        kind=kind,
        minor=minor,
        money_id=money_id,
        refund_id=refund_id,
        happened_at=NOON + timedelta(minutes=minutes),
    )


def row(**changes: object) -> PaymentRow:
    """A payment of 50.00 euros as rules see it."""
    values: dict[str, object] = {
        "id": uuid4(),
        "order_id": uuid4(),
        "order_number": "TR-1001",
        "method": METHOD,
        "amount": euro(5000),
        "state": PaymentState.REQUESTED,
        "reference": "ref-1",
        "capture_reference": "",
        "authorized_minor": 0,
        "captured_minor": 0,
        "refunded_minor": 0,
        "refunding_minor": 0,
        "troubles": 0,
        "needs_review": False,
        "opened_at": NOON,
        "due_at": None,
    }
    return PaymentRow(**(values | changes))  # type: ignore[arg-type]
