"""The demo card from the button to the books, in every way it can go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.ports import ProviderRefused
from tresen.domains.payments.queries import balances, get_payment, list_events
from tresen.domains.payments.types import EventKind, PaymentState, RefundReason
from tresen.foundation.journal.models import Fact
from tresen.workflows.buying.ask_provider import ask_provider
from tresen.workflows.buying.pay_by_demo_card import (
    deliver_demo_notices,
    find_demo_charge,
    leave_demo_card,
    pay_by_demo_card,
)
from tresen.workflows.buying.refund_payment import refund_payment
from tresen.workflows.buying.tests.paying import (
    CLERK,
    GOOD_CARD,
    NOON,
    Owed,
    begin,
    forget_demo_notices,
    owed,
    reference_in,
)

pytestmark = pytest.mark.django_db

TIME_OUT, LATE, DUPLICATE, REORDERED, WRONG, REFUND_LATE, REFUND_NO = (
    "4000000000000028",
    "4000000000000036",
    "4000000000000044",
    "4000000000000051",
    "4000000000000069",
    "4000000000000077",
    "4000000000000085",
)
DECLINE = "4000000000000010"


@pytest.fixture(autouse=True)
def _quiet() -> None:
    forget_demo_notices()


def pay(card: str) -> Owed:
    found = owed()
    reference = reference_in(begin(found.order_id))
    pay_by_demo_card(reference=reference, card_number=card, now=NOON)
    return found


def is_paid_once(found: Owed) -> bool:
    order = get_order(found.order_id)
    facts = Fact.objects.filter(kind="OrderPaid").count()
    cash = balances().get(("cash:demo_card", "EUR"), 0)
    return (order.payment_state, facts, cash) == (OrderPayment.PAID, 1, found.gross.minor)


@pytest.mark.parametrize("card", [GOOD_CARD, DUPLICATE, REORDERED])
def test_a_good_card_pays_once_however_often_and_in_whatever_order_it_is_told(card: str) -> None:
    assert is_paid_once(pay(card))


def test_a_late_notice_pays_when_it_comes() -> None:
    found = pay(LATE)
    assert get_payment(found.payment_id).state is PaymentState.REQUESTED

    assert deliver_demo_notices(now=NOON + timedelta(minutes=2)) == 1

    assert is_paid_once(found)


def test_who_asks_before_the_late_notice_comes_counts_the_money_once() -> None:
    found = pay(LATE)

    ask_provider(now=NOON + timedelta(minutes=1))
    assert is_paid_once(found)
    deliver_demo_notices(now=NOON + timedelta(minutes=2))

    assert is_paid_once(found)


def test_after_a_time_out_asking_finds_the_money() -> None:
    found = pay(TIME_OUT)
    assert deliver_demo_notices(now=NOON + timedelta(days=1)) == 0
    assert not get_payment(found.payment_id).is_paid

    ask_provider(now=NOON + timedelta(minutes=1))

    assert is_paid_once(found)


def test_a_declined_card_leaves_the_order_open_for_another() -> None:
    found = owed()
    reference = reference_in(begin(found.order_id))
    with pytest.raises(ProviderRefused):
        pay_by_demo_card(reference=reference, card_number=DECLINE, now=NOON)
    assert get_order(found.order_id).payment_state is OrderPayment.FAILED

    pay_by_demo_card(reference=reference, card_number=GOOD_CARD, now=NOON)

    assert is_paid_once(found)


def test_a_wrong_amount_never_pays() -> None:
    found = pay(WRONG)
    ask_provider(now=NOON + timedelta(minutes=1))

    payment = get_payment(found.payment_id)
    assert (payment.captured_minor, payment.needs_review) == (0, True)
    assert get_order(found.order_id).payment_state is OrderPayment.OPEN
    kinds = [event.kind for event in list_events(found.payment_id)]
    assert kinds.count(EventKind.QUARANTINED) == 2
    assert ("cash:demo_card", "EUR") not in balances()


def test_going_back_gives_the_payment_up() -> None:
    found = owed()
    reference = reference_in(begin(found.order_id))

    charge = leave_demo_card(reference=reference, now=NOON)

    assert charge.cancel_url.startswith("https://shop.example/")
    assert get_payment(found.payment_id).state is PaymentState.CANCELLED


@pytest.mark.parametrize(
    ("card", "state"),
    [
        (GOOD_CARD, OrderPayment.REFUNDED),
        (REFUND_LATE, OrderPayment.REFUNDED),
        (REFUND_NO, OrderPayment.PAID),
    ],
)
def test_a_refund_ends_certain_whatever_the_card_does(card: str, state: OrderPayment) -> None:
    found = pay(card)
    refund_payment(
        payment_id=found.payment_id,
        amount=found.gross,
        reason=RefundReason.GOODWILL,
        key="k",
        now=NOON,
        actor=CLERK,
    )
    ask_provider(now=NOON + timedelta(minutes=1))
    deliver_demo_notices(now=NOON + timedelta(minutes=3))

    assert get_order(found.order_id).payment_state is state
    cash = balances()["cash:demo_card", "EUR"]
    assert cash == (found.gross.minor if state is OrderPayment.PAID else 0)


def test_an_unknown_page_is_not_found() -> None:
    assert find_demo_charge("demo_unknown") is None
    with pytest.raises(ProviderRefused):
        leave_demo_card(reference="demo_unknown", now=NOON)
    with pytest.raises(ProviderRefused):
        pay_by_demo_card(reference="demo_unknown", card_number=GOOD_CARD, now=NOON)
