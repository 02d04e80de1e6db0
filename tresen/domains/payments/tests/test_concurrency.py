"""Many at once: a claim counts once, and no more goes back than came in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from tresen.domains.payments.commands import RefundTooHigh, ask_refund, record_claim
from tresen.domains.payments.queries import balances, get_payment, list_refunds
from tresen.domains.payments.tests import make
from tresen.domains.payments.tests.make import MERCHANT, METHOD, NOON, euro
from tresen.domains.payments.types import PaymentRow, Recorded, RefundReason
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.models import Fact

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

CROWD = 6


def all_at_once(work: Callable[[int], object]) -> list[object]:
    """Every worker waits for the others, then all run; each has a connection of its own."""
    gate = Barrier(CROWD)

    def run(number: int) -> object:
        try:
            gate.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(run, range(CROWD)))


def record(event_id: str) -> Recorded:
    claim = make.claim(event_id=event_id)
    return record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON).recorded


def ask(payment_id: UUID, number: int) -> bool:
    try:
        ask_refund(
            payment_id=payment_id,
            amount=euro(1500),
            reason=RefundReason.GOODWILL,
            key=f"k-{number}",
            now=NOON,
            actor=SYSTEM,
        )
    except RefundTooHigh:
        return False
    return True


def test_one_claim_heard_by_many_at_once_counts_once() -> None:
    payment_id = make.payment()

    found = all_at_once(lambda _: record("the same"))

    assert sorted(str(one) for one in found) == ["applied"] + ["duplicate"] * (CROWD - 1)
    assert get_payment(payment_id).captured_minor == 5000
    assert balances()["cash:demo_card", "EUR"] == 5000
    assert Fact.objects.filter(kind="PaymentCaptured").count() == 1


def test_the_same_money_under_many_ids_at_once_is_posted_once() -> None:
    make.payment()

    all_at_once(lambda number: record(f"event {number}"))

    assert balances()["cash:demo_card", "EUR"] == 5000
    assert Fact.objects.filter(kind="PaymentCaptured").count() == 1


def test_many_refunds_at_once_never_exceed_what_came_in() -> None:
    payment_id = make.payment()
    record("paid")

    granted = all_at_once(lambda number: ask(payment_id, number))

    assert granted.count(True) == 3
    assert get_payment(payment_id).refunding_minor == 4500
    assert len(list_refunds(payment_id)) == 3


def test_control_without_the_rule_too_much_would_be_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    payment_id = make.payment()
    record("paid")
    monkeypatch.setattr(PaymentRow, "refundable", euro(1_000_000))

    granted = all_at_once(lambda number: ask(payment_id, number))

    promised = sum(refund.amount.minor for refund in list_refunds(payment_id))
    assert granted.count(True) == CROWD
    assert promised > 5000
