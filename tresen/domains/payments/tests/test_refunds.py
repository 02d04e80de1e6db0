"""Money goes back: never more than came in, once per key."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tresen.domains.payments.commands import (
    RefundTooHigh,
    ask_refund,
    note_event,
    record_claim,
)
from tresen.domains.payments.models import Refund
from tresen.domains.payments.queries import (
    NoSuchPayment,
    balances,
    get_payment,
    get_refund,
    list_refunds,
)
from tresen.domains.payments.tests import make
from tresen.domains.payments.tests.make import MERCHANT, METHOD, NOON, euro
from tresen.domains.payments.types import EventKind, Recorded, RefundReason, RefundState
from tresen.foundation.actor import Actor
from tresen.foundation.journal.models import Fact
from tresen.foundation.money import Money

pytestmark = pytest.mark.django_db

CLERK = Actor("staff", UUID(int=7))


def paid() -> UUID:
    payment_id = make.payment()
    record_claim(method=METHOD, merchant=MERCHANT, claim=make.claim(), now=NOON)
    return payment_id


def ask(payment_id: UUID, amount: Money, *, key: str = "k-1") -> UUID:
    return ask_refund(
        payment_id=payment_id,
        amount=amount,
        reason=RefundReason.GOODWILL,
        key=key,
        now=NOON,
        actor=CLERK,
    )


def test_a_refund_that_was_asked_for_is_on_its_way_and_not_yet_in_the_books() -> None:
    payment_id = paid()

    refund_id = ask(payment_id, euro(2000))

    payment = get_payment(payment_id)
    assert (payment.refunded_minor, payment.refunding_minor) == (0, 2000)
    assert payment.refundable == euro(3000)
    assert get_refund(refund_id).state is RefundState.REQUESTED
    assert balances()["cash:demo_card", "EUR"] == 5000
    fact = Fact.objects.get(kind="RefundRequested")
    assert (fact.body["refund_id"], fact.body["minor"]) == (str(refund_id), 2000)


def test_the_same_key_asks_once() -> None:
    payment_id = paid()

    assert ask(payment_id, euro(2000)) == ask(payment_id, euro(2000))

    assert get_payment(payment_id).refunding_minor == 2000
    assert Fact.objects.filter(kind="RefundRequested").count() == 1


@pytest.mark.parametrize("amount", [euro(3001), euro(5001), euro(0), euro(-1), Money(100, "SEK")])
def test_more_than_came_in_does_not_go_back(amount: Money) -> None:
    payment_id = paid()
    ask(payment_id, euro(2000))

    with pytest.raises(RefundTooHigh) as refused:
        ask(payment_id, amount, key="k-2")

    assert refused.value.params == {"most": "30.00", "currency": "EUR"}
    assert get_payment(payment_id).refunding_minor == 2000
    assert len(list_refunds(payment_id)) == 1


def test_nothing_goes_back_before_anything_came_in() -> None:
    payment_id = make.payment()

    with pytest.raises(RefundTooHigh):
        ask(payment_id, euro(1))

    assert not Refund.objects.exists()


def test_an_unknown_payment_is_refused() -> None:
    with pytest.raises(NoSuchPayment):
        ask(uuid4(), euro(1))


def test_a_refund_that_failed_may_be_asked_for_again() -> None:
    payment_id = paid()
    refund_id = ask(payment_id, euro(5000))
    note_event(
        payment_id=payment_id,
        kind=EventKind.REFUND_FAILED,
        event_id="no",
        now=NOON,
        refund_id=refund_id,
    )

    ask(payment_id, euro(5000), key="k-2")

    states = [refund.state for refund in list_refunds(payment_id)]
    assert sorted(states) == [RefundState.FAILED, RefundState.REQUESTED]


def test_a_claim_about_a_refund_has_to_name_its_amount() -> None:
    payment_id = paid()
    refund_id = ask(payment_id, euro(2000))
    claim = make.claim(EventKind.REFUNDED, minor=1999, money_id="re-1", refund_key=str(refund_id))

    found = record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON)

    assert found.recorded is Recorded.QUARANTINED
    assert get_refund(refund_id).state is RefundState.REQUESTED
    assert get_payment(payment_id).refunded_minor == 0


def test_a_claim_about_a_refund_of_another_payment_is_set_aside() -> None:
    paid()
    claim = make.claim(EventKind.REFUNDED, minor=100, money_id="re-1", refund_key=str(uuid4()))

    found = record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON)

    assert found.recorded is Recorded.QUARANTINED
    assert balances()["cash:demo_card", "EUR"] == 5000


def test_money_given_back_twice_at_the_provider_shows_as_trouble_not_as_negative_cash() -> None:
    payment_id = paid()
    ask(payment_id, euro(5000))
    claim = make.claim(EventKind.REFUNDED, minor=5000, money_id="made elsewhere")

    record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON)

    payment = get_payment(payment_id)
    assert (payment.refunded_minor, payment.refunding_minor) == (5000, 0)
    assert payment.needs_review
    assert balances()["cash:demo_card", "EUR"] == 0
