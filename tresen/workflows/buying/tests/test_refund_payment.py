"""A refund is requested, then refunded, failed, or unknown until the provider was asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.commands import ask_refund
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderState,
    ProviderUnreachable,
)
from tresen.domains.payments.queries import balances, get_payment, get_refund, list_refunds
from tresen.domains.payments.types import EventKind, RefundReason, RefundState
from tresen.foundation.money import Money
from tresen.workflows.buying.ask_provider import ask_about, ask_provider
from tresen.workflows.buying.refund_payment import confirm_refund, refund_payment, send_refund
from tresen.workflows.buying.settle_payment import NotByHand, mark_paid, record_claims
from tresen.workflows.buying.tests.paying import (
    CLERK,
    NOON,
    Owed,
    ScriptedProvider,
    begin,
    owed,
    scripted,
    told,
)

pytestmark = pytest.mark.django_db

HALF = Money(3000, "EUR")


@pytest.fixture
def provider() -> ScriptedProvider:
    return scripted()


def paid() -> Owed:
    found = owed("scripted")
    begin(found.order_id)
    record_claims(method="scripted", claims=[told(found)], now=NOON)
    return found


def refund(found: Owed, amount: Money = HALF, *, key: str = "k") -> UUID:
    return refund_payment(
        payment_id=found.payment_id,
        amount=amount,
        reason=RefundReason.GOODWILL,
        key=key,
        now=NOON,
        actor=CLERK,
    )


def given_back(found: Owed, refund_id: UUID, kind: EventKind = EventKind.REFUNDED) -> ProviderState:
    claim = told(found, kind, minor=3000, refund_key=str(refund_id), money_id="re-1")
    return ProviderState(claims=(claim,), is_final=True)


def state_of(refund_id: UUID) -> RefundState:
    return get_refund(refund_id).state


def test_a_refund_goes_through(provider: ScriptedProvider) -> None:
    found = paid()
    refund_id = refund(found)
    provider.will("refund", given_back(found, refund_id))

    assert send_refund(refund_id=refund_id, now=NOON) is RefundState.REFUNDED

    assert get_order(found.order_id).payment_state is OrderPayment.PARTLY_REFUNDED
    assert balances()["cash:scripted", "EUR"] == found.gross.minor - 3000


def test_a_finished_refund_is_not_sent_again(provider: ScriptedProvider) -> None:
    found = paid()
    refund_id = refund(found)
    provider.will("refund", given_back(found, refund_id))
    send_refund(refund_id=refund_id, now=NOON)
    sent = len(provider.calls)

    assert send_refund(refund_id=refund_id, now=NOON) is RefundState.REFUNDED

    assert len(provider.calls) == sent


def test_the_same_key_refunds_once_and_every_try_names_the_same_refund(
    provider: ScriptedProvider,
) -> None:
    found = paid()

    first, again = refund(found), refund(found)

    assert first == again
    assert len(list_refunds(found.payment_id)) == 1
    assert {key for call, key in provider.calls if call == "refund"} == {str(first)}


def test_a_refused_refund_has_failed_and_shows_as_trouble(provider: ScriptedProvider) -> None:
    found = paid()
    provider.will("refund", ProviderRefused())

    refund_id = refund(found)

    assert state_of(refund_id) is RefundState.FAILED
    payment = get_payment(found.payment_id)
    assert payment.needs_review
    assert payment.refundable == found.gross


def test_an_unreachable_provider_is_tried_again_by_the_schedule(
    provider: ScriptedProvider,
) -> None:
    found = paid()
    provider.will("refund", ProviderUnreachable())
    refund_id = refund(found)
    assert state_of(refund_id) is RefundState.REQUESTED

    provider.will("refund", given_back(found, refund_id))
    assert ask_provider(now=NOON + timedelta(seconds=60)) == 1

    assert state_of(refund_id) is RefundState.REFUNDED


def test_a_refund_that_was_only_asked_for_is_sent_by_the_schedule(
    provider: ScriptedProvider,
) -> None:
    found = paid()
    provider.will("fetch", ProviderState(claims=(), is_final=True))
    ask_provider(now=NOON + timedelta(seconds=60))
    assert ask_provider(now=NOON + timedelta(days=1)) == 0
    refund_id = ask_refund(
        payment_id=found.payment_id,
        amount=HALF,
        reason=RefundReason.CANCELLATION,
        key="cancelled",
        now=NOON + timedelta(days=30),
        actor=CLERK,
    )
    provider.will("refund", given_back(found, refund_id))

    ask_provider(now=NOON + timedelta(days=30, seconds=60))

    assert state_of(refund_id) is RefundState.REFUNDED


def test_an_unknown_refund_is_asked_about_before_it_is_sent_again(
    provider: ScriptedProvider,
) -> None:
    found = paid()
    provider.will("refund", OutcomeUnknown())
    refund_id = refund(found)
    assert state_of(refund_id) is RefundState.UNKNOWN
    assert get_payment(found.payment_id).refunding_minor == 3000
    provider.calls.clear()

    provider.will("fetch", given_back(found, refund_id))
    ask_provider(now=NOON + timedelta(seconds=60))

    assert state_of(refund_id) is RefundState.REFUNDED
    assert [call for call, _ in provider.calls] == ["fetch"]


def test_a_refund_that_the_provider_never_got_is_sent_again_under_the_same_key(
    provider: ScriptedProvider,
) -> None:
    found = paid()
    provider.will("refund", OutcomeUnknown())
    refund_id = refund(found)
    provider.calls.clear()

    provider.will("refund", given_back(found, refund_id))
    ask_about(payment_id=found.payment_id, now=NOON)

    assert state_of(refund_id) is RefundState.REFUNDED
    assert provider.calls == [("fetch", str(found.payment_id)), ("refund", str(refund_id))]


def test_a_refund_of_a_transfer_is_confirmed_by_hand() -> None:
    found = owed("bank_transfer")
    mark_paid(payment_id=found.payment_id, amount=found.gross, key="k", now=NOON, actor=CLERK)
    refund_id = refund(found, found.gross)
    assert state_of(refund_id) is RefundState.REQUESTED

    for _ in range(2):
        confirm_refund(refund_id=refund_id, now=NOON, actor=CLERK)

    assert state_of(refund_id) is RefundState.REFUNDED
    assert get_order(found.order_id).payment_state is OrderPayment.REFUNDED
    assert balances()["cash:bank_transfer", "EUR"] == 0


def test_a_card_refund_is_not_confirmed_by_hand(provider: ScriptedProvider) -> None:
    found = paid()
    refund_id = refund(found)

    with pytest.raises(NotByHand):
        confirm_refund(refund_id=refund_id, now=NOON, actor=CLERK)

    assert state_of(refund_id) is RefundState.REQUESTED
