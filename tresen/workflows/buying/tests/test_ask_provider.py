"""Nobody told us: we ask, ever more rarely, and never charge anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderState,
    ProviderUnreachable,
)
from tresen.domains.payments.queries import get_payment
from tresen.domains.payments.types import EventKind, PaymentState
from tresen.workflows.buying.ask_provider import ask_provider
from tresen.workflows.buying.give_up_payment import give_up_payments
from tresen.workflows.buying.start_payment import PaymentUnclear
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

MINUTE = NOON + timedelta(seconds=60)


@pytest.fixture
def provider() -> ScriptedProvider:
    return scripted()


def started() -> Owed:
    found = owed("scripted")
    begin(found.order_id)
    return found


def test_after_a_minute_the_provider_is_asked_and_the_money_is_found(
    provider: ScriptedProvider,
) -> None:
    found = started()
    provider.will("fetch", ProviderState(claims=(told(found),), is_final=True))

    assert ask_provider(now=NOON + timedelta(seconds=59)) == 0
    assert ask_provider(now=MINUTE) == 1

    assert get_order(found.order_id).payment_state is OrderPayment.PAID
    assert ask_provider(now=NOON + timedelta(days=2)) == 0


def test_a_wrong_amount_found_by_asking_is_set_aside_too(provider: ScriptedProvider) -> None:
    found = started()
    provider.will("fetch", ProviderState(claims=(told(found, minor=1),), is_final=True))

    ask_provider(now=MINUTE)

    assert not get_payment(found.payment_id).is_paid
    assert get_payment(found.payment_id).needs_review


@pytest.mark.parametrize("trouble", [OutcomeUnknown(), ProviderUnreachable(), ProviderRefused()])
def test_without_an_answer_it_is_asked_again_later(
    provider: ScriptedProvider, trouble: Exception
) -> None:
    found = started()
    provider.will("fetch", trouble)
    ask_provider(now=MINUTE)
    assert get_payment(found.payment_id).state is PaymentState.REQUESTED

    provider.will("fetch", ProviderState(claims=(told(found),), is_final=True))
    assert ask_provider(now=MINUTE + timedelta(seconds=119)) == 0
    assert ask_provider(now=MINUTE + timedelta(seconds=120)) == 1

    assert get_payment(found.payment_id).is_paid


def test_a_start_without_an_answer_never_reached_a_customer(provider: ScriptedProvider) -> None:
    provider.will("start", OutcomeUnknown())
    found = owed("scripted")
    with pytest.raises(PaymentUnclear):
        begin(found.order_id)

    ask_provider(now=MINUTE)

    assert get_payment(found.payment_id).state is PaymentState.FAILED
    assert [call for call, _ in provider.calls] == ["start"]
    assert ask_provider(now=NOON + timedelta(days=1)) == 0


def test_asking_ends_after_three_days(provider: ScriptedProvider) -> None:
    started()
    now, asked = NOON, 0
    while now < NOON + timedelta(days=5):
        now += timedelta(minutes=10)
        asked += ask_provider(now=now)

    assert 72 <= asked <= 80


def test_one_trouble_does_not_keep_the_others_waiting(provider: ScriptedProvider) -> None:
    first, second = started(), started()
    provider.will(
        "fetch",
        RuntimeError(),
        ProviderState(claims=(told(second),), is_final=True),
    )

    assert ask_provider(now=MINUTE) == 2

    assert get_payment(first.payment_id).state is PaymentState.REQUESTED
    assert get_payment(second.payment_id).is_paid


def test_giving_up_closes_the_payment_at_the_provider(provider: ScriptedProvider) -> None:
    found = started()
    cancelled = told(found, EventKind.CANCELLED)
    provider.will("cancel", ProviderState(claims=(cancelled,), is_final=True))

    assert give_up_payments(order_id=found.order_id, now=NOON, actor=CLERK) == 0

    assert get_payment(found.payment_id).state is PaymentState.CANCELLED
    assert give_up_payments(order_id=found.order_id, now=NOON, actor=CLERK) == 0


def test_what_could_not_be_given_up_is_said(provider: ScriptedProvider) -> None:
    found = started()
    provider.will("cancel", OutcomeUnknown())

    assert give_up_payments(order_id=found.order_id, now=NOON, actor=CLERK) == 1

    assert get_payment(found.payment_id).state is PaymentState.REQUESTED


def test_a_transfer_is_given_up_without_asking_anyone() -> None:
    found = owed("bank_transfer")

    assert give_up_payments(order_id=found.order_id, now=NOON, actor=CLERK) == 0

    assert get_payment(found.payment_id).state is PaymentState.CANCELLED
