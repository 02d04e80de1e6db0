"""Paying begins once, whatever is retried, and no outcome is guessed."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from tresen.domains.orders.commands import cancel_order
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.tests import make as orders
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.commands import AlreadyPaid, PaymentGivenUp
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderUnreachable,
)
from tresen.domains.payments.queries import (
    NoSuchPayment,
    get_payment,
    list_payments_of,
    match_transfer,
)
from tresen.domains.payments.types import Match, PaymentState
from tresen.workflows.buying.give_up_payment import give_up_payments
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.buying.start_payment import PaymentUnclear, ProviderDown, payment_view
from tresen.workflows.buying.tests.paying import CLERK, NOON, begin, owed, scripted

pytestmark = pytest.mark.django_db


def test_the_customer_is_sent_to_the_demo_cards_page() -> None:
    found = owed()

    url = begin(found.order_id)

    payment = get_payment(found.payment_id)
    assert url == f"/de/demo-card/{payment.reference}/"
    assert payment.state is PaymentState.REQUESTED


def test_beginning_twice_leads_to_the_same_page() -> None:
    found = owed()

    assert begin(found.order_id) == begin(found.order_id, now=NOON + timedelta(minutes=1))

    assert len(list_payments_of(found.order_id)) == 1


def test_a_transfer_needs_no_beginning_and_shows_account_reference_and_code() -> None:
    found = owed("bank_transfer")
    order = get_order(found.order_id)

    view = payment_view(order)

    assert (view.is_open, view.redirects) == (True, False)
    assert view.transfer is not None
    assert view.transfer.payee.iban == "DE02120300000000202051"
    assert view.transfer.amount == found.gross
    kind, _, code = view.qr_url.partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(code).startswith(b"<svg")
    matched = match_transfer(text=view.transfer.reference, amount=found.gross)
    assert matched.verdict is Match.EXACT


def test_a_view_asks_nobody_and_changes_nothing() -> None:
    provider = scripted()
    found = owed("scripted")

    view = payment_view(get_order(found.order_id))

    assert (view.is_open, view.redirects, view.transfer, view.qr_url) == (True, True, None, "")
    assert provider.calls == []
    assert get_payment(found.payment_id).state is PaymentState.OPEN


def test_without_an_answer_the_outcome_stays_open_and_the_next_try_uses_the_same_key() -> None:
    provider = scripted()
    provider.will("start", OutcomeUnknown())
    found = owed("scripted")

    with pytest.raises(PaymentUnclear):
        begin(found.order_id)
    assert get_payment(found.payment_id).state is PaymentState.UNKNOWN

    begin(found.order_id, now=NOON + timedelta(seconds=5))
    assert get_payment(found.payment_id).state is PaymentState.REQUESTED
    assert {key for _, key in provider.calls} == {str(found.payment_id)}
    assert len(list_payments_of(found.order_id)) == 1


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [(ProviderUnreachable(), ProviderDown), (ProviderRefused(), ProviderRefused)],
)
def test_a_trouble_is_told_and_the_customer_may_try_again(
    trouble: Exception, refusal: type[Exception]
) -> None:
    provider = scripted()
    provider.will("start", trouble)
    found = owed("scripted")

    with pytest.raises(refusal):
        begin(found.order_id)
    assert get_payment(found.payment_id).state is PaymentState.FAILED
    assert get_order(found.order_id).payment_state is OrderPayment.FAILED

    begin(found.order_id, now=NOON + timedelta(minutes=1))
    assert get_payment(found.payment_id).reference == f"s-{found.payment_id}"


def test_a_paid_order_is_not_paid_again() -> None:
    found = owed("bank_transfer")
    mark_paid(payment_id=found.payment_id, amount=found.gross, key="k", now=NOON, actor=CLERK)

    with pytest.raises(AlreadyPaid):
        begin(found.order_id)

    assert not payment_view(get_order(found.order_id)).is_open


def test_a_cancelled_order_is_not_paid() -> None:
    found = owed()
    cancel_order(order_id=found.order_id, reason="customer", now=NOON, actor=CLERK)

    with pytest.raises(PaymentGivenUp):
        begin(found.order_id)

    assert not payment_view(get_order(found.order_id)).is_open


def test_a_payment_that_was_given_up_is_opened_anew() -> None:
    found = owed()
    begin(found.order_id)
    assert give_up_payments(order_id=found.order_id, now=NOON, actor=CLERK) == 0

    begin(found.order_id, now=NOON + timedelta(minutes=1))

    first, second = list_payments_of(found.order_id)
    assert (first.state, second.state) == (PaymentState.CANCELLED, PaymentState.REQUESTED)
    assert first.reference != second.reference
    assert second.amount == found.gross


def test_an_order_without_a_payment_cannot_be_paid() -> None:
    with pytest.raises(NoSuchPayment):
        begin(orders.opened())
