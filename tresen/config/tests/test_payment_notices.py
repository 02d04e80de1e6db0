"""The S4 matrix: every way to forge a payment notice is refused at the door, or pays nothing.

Stripe's adapter, its signature check, the webhook, the domain and the books run together here;
each forgery has a control that shows the same message pays once the protection is taken away.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import stripe
from django.db import transaction
from django.test import Client as Browser

from tresen.adapters.payments.tests.counterparts import WEBHOOK_SECRET, StripeSide
from tresen.adapters.payments.tests.stripe_double import (
    Json,
    checkout_session,
    event_of,
    refund_of,
)
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments import rules
from tresen.domains.payments.ports import providers
from tresen.domains.payments.queries import (
    balances,
    get_payment,
    list_in_trouble,
    list_refunds,
    list_waiting_notices,
)
from tresen.domains.payments.types import RefundReason, RefundState
from tresen.foundation import clock
from tresen.foundation.journal.models import Fact
from tresen.workflows.buying.refund_payment import refund_payment
from tresen.workflows.buying.settle_payment import settle_waiting
from tresen.workflows.buying.tests.paying import CLERK, NOON, Owed, begin, name_payment, owed

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tresen.config.tests.webhook_urls")]

DOOR = "/payments/stripe"


@pytest.fixture
def side() -> Iterator[StripeSide]:
    stripe_side = StripeSide()
    providers.put("stripe", stripe_side.provider)
    yield stripe_side
    providers._held.pop("stripe")


@pytest.fixture
def found(side: StripeSide) -> Owed:
    """An order whose customer is on Stripe's page."""
    return on_stripes_page(side)


def on_stripes_page(side: StripeSide) -> Owed:
    """As start_payment leaves it, without the network (see the whole way in the last test)."""
    order = owed("stripe")
    payment = get_payment(order.payment_id)
    reference = f"cs_test_{payment.id.hex}"
    side.double.sessions[reference] = checkout_session(
        id=reference,
        amount_total=order.gross.minor,
        client_reference_id=str(payment.id),
        metadata={"order_number": payment.order_number},
    )
    name_payment(payment.id, reference)
    return order


def paid_event(side: StripeSide, found: Owed, **session: object) -> Json:
    reference = get_payment(found.payment_id).reference
    side.double.pay(reference)
    return event_of("checkout.session.completed", side.double.sessions[reference] | session)


def knock(
    browser: Browser,
    event: Json,
    *,
    secret: str = WEBHOOK_SECRET,
    age: int = 0,
    signature: str | None = None,
    door: str = DOOR,
) -> int:
    body = json.dumps(event)
    if signature is None:
        signature = stripe.WebhookSignature.generate_signature_header(
            body, secret, int(time.time()) - age
        )
    headers = {"stripe-signature": signature} if signature else {}
    answer = browser.post(door, body, content_type="application/json", headers=headers)
    if answer.status_code != 200:
        assert answer["content-type"] == "application/problem+json"
    return answer.status_code


def is_paid(found: Owed) -> bool:
    order = get_order(found.order_id).payment_state
    cash = balances().get(("cash:stripe", "EUR"), 0)
    payment = get_payment(found.payment_id)
    assert (order is OrderPayment.PAID) is payment.is_paid is (cash == found.gross.minor)
    assert cash in {0, found.gross.minor}
    return payment.is_paid


def test_an_honest_notice_pays(client: Browser, side: StripeSide, found: Owed) -> None:
    assert knock(client, paid_event(side, found)) == 200

    assert is_paid(found)
    assert Fact.objects.filter(kind="OrderPaid").count() == 1


def test_a_replay_is_answered_and_changes_nothing(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    event = paid_event(side, found)

    assert [knock(client, event) for _ in range(3)] == [200, 200, 200]

    assert is_paid(found)
    assert Fact.objects.filter(kind="OrderPaid").count() == 1
    assert Fact.objects.filter(kind="PaymentCaptured").count() == 1


UNPROVEN: list[dict[str, object]] = [
    {"signature": ""},
    {"signature": "nonsense"},
    {"signature": f"t={int(time.time())},v1={'0' * 64}"},
    {"signature": f"t={int(time.time())},v0={'0' * 64}"},
    {"secret": "whsec_another"},
    {"age": 301},
    {"age": 3 * 86_400},
]


@pytest.mark.parametrize("forgery", UNPROVEN)
def test_a_message_whose_sender_is_not_proven_is_refused_and_not_stored(
    client: Browser, side: StripeSide, found: Owed, forgery: dict[str, object]
) -> None:
    event = paid_event(side, found)

    assert knock(client, event, **forgery) == 400  # type: ignore[arg-type]

    assert not is_paid(found)
    assert list_waiting_notices() == []


@pytest.mark.parametrize("forgery", UNPROVEN)
def test_control_without_the_signature_check_the_same_message_pays(
    client: Browser,
    side: StripeSide,
    found: Owed,
    forgery: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = paid_event(side, found)
    monkeypatch.setattr(stripe.WebhookSignature, "verify_header", lambda *_: True)

    assert knock(client, event, **forgery) == 200  # type: ignore[arg-type]

    assert is_paid(found)


def test_a_body_that_was_changed_after_signing_is_refused(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    event = paid_event(side, found)
    honest = json.dumps(event | {"id": "evt_honest"})
    signature = stripe.WebhookSignature.generate_signature_header(
        honest, WEBHOOK_SECRET, int(time.time())
    )

    assert knock(client, event, signature=signature) == 400

    assert not is_paid(found)


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """A signed message that is wrong in one respect, in its session or around it."""

    detail: str
    session: dict[str, object] = field(default_factory=dict)
    event: dict[str, object] = field(default_factory=dict)


MISFITS = [
    Misfit(detail="amount", session={"amount_total": 1}),
    Misfit(detail="amount", session={"amount_total": 5951}),
    Misfit(detail="currency", session={"currency": "huf"}),
    Misfit(detail="merchant", event={"livemode": True}),
    Misfit(detail="merchant", event={"account": "acct_another"}),
    Misfit(detail="payment", session={"client_reference_id": "another payment"}),
    Misfit(detail="order", session={"metadata": {"order_number": "TR-9999"}}),
]


@pytest.mark.parametrize("misfit", MISFITS)
def test_a_signed_message_that_does_not_fit_is_set_aside(
    client: Browser, side: StripeSide, found: Owed, misfit: Misfit
) -> None:
    assert knock(client, paid_event(side, found, **misfit.session) | misfit.event) == 200

    assert not is_paid(found)
    (trouble,) = list_in_trouble()
    assert trouble.id == found.payment_id
    fact = Fact.objects.get(kind="PaymentQuarantined")
    assert fact.body["detail"] == f"captured: {misfit.detail}"


@pytest.mark.parametrize("misfit", MISFITS)
def test_control_without_the_comparison_a_signed_message_brings_money(
    client: Browser,
    side: StripeSide,
    found: Owed,
    misfit: Misfit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "mismatches", lambda *_, **__: ())

    assert knock(client, paid_event(side, found, **misfit.session) | misfit.event) == 200

    assert get_payment(found.payment_id).captured_minor > 0


def test_a_payment_of_another_order_does_not_pay_this_one(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    other = on_stripes_page(side)
    ours = get_payment(found.payment_id).reference
    event = paid_event(side, other)
    session = side.double.sessions[get_payment(other.payment_id).reference] | {"id": ours}

    assert knock(client, event | {"data": {"object": session}}) == 200

    assert not get_payment(found.payment_id).is_paid
    assert not get_payment(other.payment_id).is_paid


def test_a_session_that_nobody_here_opened_waits_and_pays_nothing(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    assert knock(client, paid_event(side, found, id="cs_unheard")) == 200

    assert not is_paid(found)
    assert len(list_waiting_notices()) == 1


def test_a_refund_made_at_stripe_is_kept_and_told_once(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    knock(client, paid_event(side, found))
    intent = get_payment(found.payment_id).capture_reference
    refund = refund_of(amount=1000, payment_intent=intent)

    for number, kind in enumerate(("refund.created", "refund.updated", "charge.refund.updated")):
        assert knock(client, event_of(kind, refund, id=f"evt_{number + 5}")) == 200

    (row,) = list_refunds(found.payment_id)
    assert (row.amount.minor, row.state) == (1000, RefundState.REFUNDED)
    assert balances()["cash:stripe", "EUR"] == found.gross.minor - 1000


def test_a_refund_told_before_the_payment_waits_for_it(
    client: Browser, side: StripeSide, found: Owed
) -> None:
    event = paid_event(side, found)
    intent = f"pi_{get_payment(found.payment_id).reference}"
    early = event_of("refund.updated", refund_of(amount=1000, payment_intent=intent), id="evt_0")
    assert knock(client, early) == 200
    assert len(list_waiting_notices()) == 1

    knock(client, event)
    knock(client, early)

    assert get_payment(found.payment_id).refunded_minor == 1000
    assert list_waiting_notices() == []


def test_a_dispute_is_shown_to_a_person(client: Browser, side: StripeSide, found: Owed) -> None:
    knock(client, paid_event(side, found))
    intent = get_payment(found.payment_id).capture_reference
    dispute: Json = {
        "id": "dp_1",
        "amount": found.gross.minor,
        "currency": "eur",
        "created": 1,
        "charge": "ch_1",
        "payment_intent": intent,
    }

    assert knock(client, event_of("charge.dispute.created", dispute, id="evt_2")) == 200

    assert is_paid(found)
    assert [row.id for row in list_in_trouble()] == [found.payment_id]


@pytest.mark.parametrize(
    ("door", "status"),
    [("/payments/nobody", 404), ("/payments/bank_transfer", 400), ("/payments/demo_card", 400)],
)
def test_other_doors_stay_shut(
    client: Browser, side: StripeSide, found: Owed, door: str, status: int
) -> None:
    assert knock(client, paid_event(side, found), door=door) == status

    assert not is_paid(found)


def test_only_a_post_is_heard(client: Browser) -> None:
    assert client.get(DOOR).status_code == 405


def test_too_long_a_message_is_refused_unread(client: Browser, side: StripeSide) -> None:
    answer = client.post(DOOR, b"x" * 1_000_001, content_type="application/json")

    assert answer.status_code == 413
    assert json.loads(answer.content)["code"] == "message_too_long"


def test_the_answer_stays_yes_when_settling_fails_and_the_message_is_kept(
    client: Browser, side: StripeSide, found: Owed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> str:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("tresen.workflows.buying.settle_payment.record_claim", broken)
        assert knock(client, paid_event(side, found)) == 200
        (waiting,) = list_waiting_notices()
        assert (waiting.outcome, waiting.tries) == ("failed", 1)

    settle_waiting(now=clock.now())
    assert is_paid(found)


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_from_the_button_to_the_refund(client: Browser, side: StripeSide) -> None:
    found = owed("stripe")

    url = begin(found.order_id)
    assert url == f"https://checkout.stripe.com/c/pay/{get_payment(found.payment_id).reference}"
    assert knock(client, paid_event(side, found)) == 200
    assert is_paid(found)
    refund_id = refund_payment(
        payment_id=found.payment_id,
        amount=found.gross,
        reason=RefundReason.GOODWILL,
        key="k",
        now=NOON,
        actor=CLERK,
    )

    (refund,) = list_refunds(found.payment_id)
    assert (refund.id, refund.state) == (refund_id, RefundState.REFUNDED)
    assert refund.provider_reference in side.double.refunds
    assert get_order(found.order_id).payment_state is OrderPayment.REFUNDED
    assert balances()["cash:stripe", "EUR"] == 0


@pytest.mark.django_db(transaction=True)
def test_a_service_is_never_called_while_a_transaction_is_open(side: StripeSide) -> None:
    found = owed("stripe")

    with pytest.raises(AssertionError, match="transaction"), transaction.atomic():
        begin(found.order_id)

    assert side.double.headers == []
