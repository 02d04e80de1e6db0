"""What providers and staff say becomes true once, in the books and on the order."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.orders.commands import cancel_order
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.commands import AlreadyPaid
from tresen.domains.payments.ports import BadNotice, Notice
from tresen.domains.payments.queries import (
    balances,
    get_payment,
    list_events,
    list_refunds,
    list_waiting_notices,
)
from tresen.domains.payments.tests.make import row
from tresen.domains.payments.types import EventKind, PaymentState, RefundReason
from tresen.foundation.journal.models import Fact
from tresen.foundation.money import Money
from tresen.foundation.ports import NotOnShelf
from tresen.workflows.buying.settle_payment import (
    WAIT_MAX,
    AmountTooHigh,
    NotByHand,
    Received,
    mark_paid,
    receive_notice,
    settle_notice,
    settle_waiting,
    state_for_order,
)
from tresen.workflows.buying.tests.paying import (
    CLERK,
    NOON,
    Owed,
    ScriptedProvider,
    begin,
    owed,
    raw,
    scripted,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> ScriptedProvider:
    return scripted()


def receive(provider: ScriptedProvider, notice: Notice) -> Received:
    provider.will("read_notice", notice, notice)
    message = raw()
    return receive_notice(provider="scripted", headers=message.headers, body=message.body, now=NOON)


def paid_notice(found: Owed, **words: object) -> Notice:
    claim = told(found, **words)  # type: ignore[arg-type]
    return Notice(event_id=claim.event_id, kind="paid", claims=(claim,))


def test_a_notice_pays_the_order(provider: ScriptedProvider) -> None:
    found = owed("scripted")
    begin(found.order_id)
    received = receive(provider, paid_notice(found))

    assert settle_notice(notice_id=received.notice_id, now=NOON) == "applied"

    assert get_payment(found.payment_id).is_paid
    assert get_order(found.order_id).payment_state is OrderPayment.PAID
    assert Fact.objects.filter(kind="OrderPaid").count() == 1
    assert balances()["cash:scripted", "EUR"] == found.gross.minor
    assert list_waiting_notices() == []


def test_a_replay_is_stored_once_and_changes_nothing(provider: ScriptedProvider) -> None:
    found = owed("scripted")
    begin(found.order_id)
    notice = paid_notice(found)
    first = receive(provider, notice)
    settle_notice(notice_id=first.notice_id, now=NOON)

    again = receive(provider, notice)

    assert (again.notice_id, again.is_new) == (first.notice_id, False)
    assert settle_notice(notice_id=again.notice_id, now=NOON) == "settled"
    assert Fact.objects.filter(kind="OrderPaid").count() == 1
    assert sum(balances().values()) == 0


def test_a_wrong_amount_does_not_pay_the_order(provider: ScriptedProvider) -> None:
    found = owed("scripted")
    begin(found.order_id)
    received = receive(provider, paid_notice(found, minor=100))

    assert settle_notice(notice_id=received.notice_id, now=NOON) == "quarantined"

    assert get_order(found.order_id).payment_state is OrderPayment.OPEN
    assert not Fact.objects.filter(kind="OrderPaid").exists()
    assert get_payment(found.payment_id).needs_review


def test_a_message_ahead_of_its_time_waits_and_is_settled_later(
    provider: ScriptedProvider,
) -> None:
    found = owed("scripted")
    notice = paid_notice(found)
    received = receive(provider, notice)
    assert settle_notice(notice_id=received.notice_id, now=NOON) == "waiting"

    begin(found.order_id)
    provider.will("read_notice", notice)
    assert settle_waiting(now=NOON) == 1

    assert get_payment(found.payment_id).is_paid
    assert settle_waiting(now=NOON) == 0


def test_a_message_about_nothing_we_know_is_put_aside_after_a_day(
    provider: ScriptedProvider,
) -> None:
    found = owed("scripted")
    notice = paid_notice(found)
    received = receive(provider, notice)
    settle_notice(notice_id=received.notice_id, now=NOON)

    provider.will("read_notice", notice)
    late = NOON + WAIT_MAX
    assert settle_notice(notice_id=received.notice_id, now=late) == "unmatched"

    assert list_waiting_notices() == []
    assert not get_payment(found.payment_id).is_paid


def test_a_message_that_says_nothing_about_money_is_done_at_once(
    provider: ScriptedProvider,
) -> None:
    received = receive(provider, Notice(event_id="e", kind="weather", claims=()))

    assert settle_notice(notice_id=received.notice_id, now=NOON) == "ignored"
    assert list_waiting_notices() == []


def test_a_stored_message_that_cannot_be_read_any_more_does_not_come_back(
    provider: ScriptedProvider,
) -> None:
    received = receive(provider, Notice(event_id="e", kind="odd", claims=()))
    provider.script["read_notice"].clear()

    assert settle_notice(notice_id=received.notice_id, now=NOON) == "unreadable"
    assert list_waiting_notices() == []


def test_one_broken_message_does_not_hold_up_the_next_and_ends_after_a_day(
    provider: ScriptedProvider,
) -> None:
    found = owed("scripted")
    begin(found.order_id)
    receive(provider, Notice(event_id="broken", kind="odd", claims=()))
    provider.script["read_notice"].clear()
    notice = paid_notice(found)
    receive(provider, notice)

    provider.script["read_notice"] = [RuntimeError(), notice]
    assert settle_waiting(now=NOON) == 2
    assert get_payment(found.payment_id).is_paid
    (broken,) = list_waiting_notices()
    assert (broken.event_id, broken.outcome, broken.tries) == ("broken", "failed", 1)

    provider.script["read_notice"] = [RuntimeError()]
    settle_waiting(now=NOON + WAIT_MAX)
    assert list_waiting_notices() == []


def test_a_forged_message_is_not_even_stored(provider: ScriptedProvider) -> None:
    with pytest.raises(BadNotice):
        receive_notice(provider="scripted", headers={}, body=b"{}", now=NOON)
    with pytest.raises(NotOnShelf):
        receive_notice(provider="nobody", headers={}, body=b"{}", now=NOON)

    assert list_waiting_notices() == []


def test_money_for_a_cancelled_order_goes_back(provider: ScriptedProvider) -> None:
    found = owed("scripted")
    begin(found.order_id)
    cancel_order(order_id=found.order_id, reason="customer", now=NOON, actor=CLERK)
    received = receive(provider, paid_notice(found))

    settle_notice(notice_id=received.notice_id, now=NOON)

    (refund,) = list_refunds(found.payment_id)
    assert (refund.amount, refund.reason) == (found.gross, RefundReason.CANCELLATION)
    assert Fact.objects.filter(kind="RefundRequested").count() == 1


def mark(found: Owed, minor: int, *, key: str = "k", currency: str = "EUR") -> None:
    mark_paid(
        payment_id=found.payment_id,
        amount=Money(minor, currency),
        key=key,
        now=NOON,
        actor=CLERK,
    )


@pytest.mark.parametrize("method", ["bank_transfer", "pay_in_store"])
def test_staff_marks_what_came_in(method: str) -> None:
    found = owed(method)

    mark(found, found.gross.minor)

    assert get_order(found.order_id).payment_state is OrderPayment.PAID
    assert balances()[f"cash:{method}", "EUR"] == found.gross.minor
    (event,) = list_events(found.payment_id)
    assert (event.kind, event.actor) == (EventKind.CAPTURED, f"staff:{UUID(int=7)}")


def test_marking_twice_with_one_key_counts_once() -> None:
    found = owed("bank_transfer")

    for _ in range(2):
        mark(found, 1000)

    assert get_payment(found.payment_id).captured_minor == 1000


def test_a_part_is_not_yet_paid_and_the_rest_may_follow() -> None:
    found = owed("bank_transfer")

    mark(found, 1000, key="first")
    assert get_order(found.order_id).payment_state is OrderPayment.OPEN
    assert get_payment(found.payment_id).state is PaymentState.PARTLY_CAPTURED

    mark(found, found.gross.minor - 1000, key="second")
    assert get_order(found.order_id).payment_state is OrderPayment.PAID


@pytest.mark.parametrize(
    ("minor", "currency"), [(5951, "EUR"), (0, "EUR"), (-1, "EUR"), (5950, "SEK")]
)
def test_more_than_is_owed_is_not_marked(minor: int, currency: str) -> None:
    found = owed("bank_transfer")

    with pytest.raises(AmountTooHigh) as refused:
        mark(found, minor, currency=currency)

    assert refused.value.params == {"owed": "59.50", "currency": "EUR"}
    assert get_payment(found.payment_id).captured_minor == 0


def test_what_is_paid_is_not_marked_again() -> None:
    found = owed("bank_transfer")
    mark(found, found.gross.minor)

    with pytest.raises(AlreadyPaid):
        mark(found, 1, key="another")


def test_a_card_payment_is_not_marked_by_hand() -> None:
    found = owed()

    with pytest.raises(NotByHand):
        mark(found, found.gross.minor)

    assert get_payment(found.payment_id).captured_minor == 0


def part(state: PaymentState, *, captured: int = 0, refunded: int = 0) -> object:
    return row(state=state, captured_minor=captured, refunded_minor=refunded)


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([], OrderPayment.OPEN),
        ([part(PaymentState.REQUESTED)], OrderPayment.OPEN),
        ([part(PaymentState.FAILED)], OrderPayment.FAILED),
        ([part(PaymentState.FAILED), part(PaymentState.OPEN)], OrderPayment.OPEN),
        ([part(PaymentState.AUTHORIZED)], OrderPayment.AUTHORIZED),
        ([part(PaymentState.PARTLY_CAPTURED, captured=1)], OrderPayment.OPEN),
        ([part(PaymentState.CAPTURED, captured=5000)], OrderPayment.PAID),
        (
            [part(PaymentState.CANCELLED), part(PaymentState.CAPTURED, captured=5000)],
            OrderPayment.PAID,
        ),
        (
            [part(PaymentState.PARTLY_REFUNDED, captured=5000, refunded=1)],
            OrderPayment.PARTLY_REFUNDED,
        ),
        ([part(PaymentState.REFUNDED, captured=5000, refunded=5000)], OrderPayment.REFUNDED),
    ],
)
def test_an_order_shows_one_word_for_its_payments(
    payments: list[object], expected: OrderPayment
) -> None:
    assert state_for_order(payments) is expected  # type: ignore[arg-type]


def test_settling_is_put_off_for_a_day_at_most() -> None:
    assert timedelta(hours=24) == WAIT_MAX
