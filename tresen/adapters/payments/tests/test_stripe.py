"""Stripe: what is sent, how outcomes are read, and that money is counted as Stripe counts it."""

from __future__ import annotations

import logging
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from tresen.adapters.payments.stripe import words
from tresen.adapters.payments.stripe.reading import claims_of_event
from tresen.adapters.payments.tests.counterparts import (
    LocalStripeSide,
    StripeSide,
    request,
)
from tresen.adapters.payments.tests.stripe_double import (
    Json,
    checkout_session,
    event_of,
    refund_of,
)
from tresen.domains.payments.ports import (
    OutcomeUnknown,
    ProviderRefused,
    ProviderUnreachable,
)
from tresen.domains.payments.types import EventKind
from tresen.foundation.money import Money


@pytest.fixture
def side() -> StripeSide:
    return StripeSide()


def test_a_session_is_asked_for_with_one_sum_and_our_names(side: StripeSide) -> None:
    asked = request(minor=12345)

    started = side.provider.start(request=asked)

    assert started.redirect_url == f"https://checkout.stripe.com/c/pay/{started.reference}"
    ((path, form),) = side.double.forms
    assert path == "/v1/checkout/sessions"
    assert form["mode"] == "payment"
    assert form["client_reference_id"] == str(asked.key)
    assert form["line_items[0][price_data][unit_amount]"] == "12345"
    assert form["line_items[0][price_data][currency]"] == "eur"
    assert form["payment_intent_data[metadata][payment_id]"] == str(asked.key)
    assert form["metadata[order_number]"] == "TR-1001"
    assert not any("email" in name or "customer" in name for name in form)


def test_writes_carry_the_key_and_the_pinned_version(side: StripeSide) -> None:
    asked = request()

    side.provider.start(request=asked)

    (headers,) = side.double.headers
    assert headers["idempotency-key"] == f"start-{asked.key}"
    assert headers["stripe-version"] == "2024-06-20"
    assert headers["authorization"] == "Bearer sk_test_1"


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpx.Response(400, content=b'{"error": {"code": "bad"}}'), ProviderRefused),
        (httpx.Response(402, content=b'{"error": {"type": "card_error"}}'), ProviderRefused),
        (httpx.Response(404), ProviderRefused),
        (httpx.Response(401), ProviderUnreachable),
        (httpx.Response(429), ProviderUnreachable),
        (httpx.ConnectError("refused"), ProviderUnreachable),
        (httpx.Response(409), OutcomeUnknown),
        (httpx.Response(500), OutcomeUnknown),
        (httpx.Response(302), OutcomeUnknown),
        (httpx.Response(200, content=b"<html>"), OutcomeUnknown),
        (httpx.Response(200, content=b"[]"), OutcomeUnknown),
        (httpx.Response(200, content=b"{}"), OutcomeUnknown),
        (httpx.ReadTimeout("late"), OutcomeUnknown),
    ],
)
def test_every_trouble_says_whether_it_may_have_been_done(
    side: StripeSide, failure: httpx.Response | Exception, expected: type[Exception]
) -> None:
    side.double.fail_next = failure

    with pytest.raises(expected):
        side.provider.start(request=request())


def test_a_refund_that_timed_out_after_it_was_done_is_found_by_asking(side: StripeSide) -> None:
    asked = request()
    reference = side.begin(asked)
    capture_reference = side.pay(reference)
    side.double.fail_next = httpx.ReadTimeout("late")

    with pytest.raises(OutcomeUnknown):
        side.provider.refund(
            refund_key=uuid4(), key=asked.key, reference=capture_reference, amount=asked.amount
        )

    claims = side.provider.fetch(key=asked.key, reference=reference).claims
    assert [claim.kind for claim in claims] == [EventKind.CAPTURED, EventKind.REFUNDED]


def test_a_pending_refund_claims_nothing_and_is_asked_for_again(side: StripeSide) -> None:
    asked = request()
    reference = side.begin(asked)
    intent = side.pay(reference)
    side.double.refunds["re_9"] = refund_of(id="re_9", payment_intent=intent, status="pending")

    state = side.provider.fetch(key=asked.key, reference=reference)

    assert [claim.kind for claim in state.claims] == [EventKind.CAPTURED]
    assert not state.is_final


def test_logs_show_stripes_code_and_no_secret(
    side: StripeSide, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    side.double.fail_next = httpx.Response(
        402, content=b'{"error": {"code": "card_declined", "message": "Erika is broke"}}'
    )

    with pytest.raises(ProviderRefused):
        side.provider.start(request=request())

    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert "card_declined" in told
    for secret in ("sk_test_1", "Erika"):
        assert secret not in told


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money(1234, "EUR"), ("1234", "eur")),
        (Money(1234, "JPY"), ("1234", "jpy")),
        (Money(1234, "HUF"), ("1234", "huf")),
        (Money(12, "ISK"), ("1200", "isk")),
        (Money(12345, "BHD"), ("12345", "bhd")),
        (Money(12345, "TND"), ("12345", "tnd")),
    ],
)
def test_amounts_are_counted_as_stripe_counts(amount: Money, units: tuple[str, str]) -> None:
    assert words.in_units(amount) == units
    told: Json = {"amount": int(units[0]), "currency": units[1]}
    assert words.money(told, "amount") == amount


def test_an_amount_that_our_currency_cannot_say_counts_as_nothing() -> None:
    assert words.money({"amount": 1250, "currency": "isk"}, "amount") == Money(0, "ISK")


PAID = checkout_session(
    status="complete",
    payment_status="paid",
    payment_intent="pi_1",
    client_reference_id="key",
    metadata={"order_number": "TR-1001"},
)
INTENT: Json = {
    "id": "pi_1",
    "amount": 5000,
    "amount_received": 5000,
    "amount_capturable": 0,
    "created": 1,
    "currency": "eur",
    "status": "succeeded",
    "metadata": {},
}


@pytest.mark.parametrize(
    ("kind", "thing", "expected"),
    [
        ("checkout.session.completed", PAID, EventKind.CAPTURED),
        ("checkout.session.completed", checkout_session(status="complete"), None),
        ("checkout.session.async_payment_succeeded", PAID, EventKind.CAPTURED),
        ("checkout.session.async_payment_failed", checkout_session(), EventKind.FAILED),
        ("checkout.session.expired", checkout_session(status="expired"), EventKind.CANCELLED),
        ("payment_intent.succeeded", INTENT, EventKind.CAPTURED),
        ("payment_intent.created", INTENT, None),
        ("refund.updated", refund_of(), EventKind.REFUNDED),
        ("refund.updated", refund_of(status="pending"), None),
        ("refund.failed", refund_of(status="failed"), EventKind.REFUND_FAILED),
        (
            "charge.dispute.created",
            {"id": "dp_1", "amount": 5000, "currency": "eur", "created": 1, "charge": "ch_1"},
            EventKind.QUARANTINED,
        ),
        ("invoice.paid", {"id": "in_1"}, None),
    ],
)
def test_each_kind_of_event_is_read_in_our_words(
    kind: str, thing: Json, expected: EventKind | None
) -> None:
    claims = claims_of_event(event_of(kind, thing))

    assert [claim.kind for claim in claims] == ([expected] if expected else [])


def test_session_and_intent_tell_of_the_same_money() -> None:
    (by_session,) = claims_of_event(event_of("checkout.session.completed", PAID))
    (by_intent,) = claims_of_event(event_of("payment_intent.succeeded", INTENT))

    assert by_session.money_id == by_intent.money_id == "pi_1"
    assert by_session.capture_reference == "pi_1"
    assert by_session.references == ("cs_test_1",)


def test_a_test_event_is_of_another_merchant_than_a_live_one() -> None:
    (test,) = claims_of_event(event_of("checkout.session.completed", PAID))
    (live,) = claims_of_event(event_of("checkout.session.completed", PAID, livemode=True))
    (other,) = claims_of_event(event_of("checkout.session.completed", PAID, account="acct_9"))

    assert (test.merchant, live.merchant, other.merchant) == ("/test", "/live", "acct_9/test")


def test_localstripe_authorizes_and_captures_over_the_network(local_base: str) -> None:
    side = LocalStripeSide(local_base)
    asked = request()
    reference = side.begin(asked, capture="manual")
    side.pay(reference)

    before = side.provider.fetch(key=asked.key, reference=reference)
    after = side.provider.capture(key=asked.key, reference=reference, amount=asked.amount)

    assert [(claim.kind, claim.amount) for claim in before.claims] == [
        (EventKind.AUTHORIZED, asked.amount)
    ]
    assert not before.is_final
    assert [(claim.kind, claim.amount) for claim in after.claims] == [
        (EventKind.CAPTURED, asked.amount)
    ]
    assert after.is_final


def test_localstripe_refuses_an_unknown_intent(local_base: str) -> None:
    side = LocalStripeSide(local_base)

    with pytest.raises(ProviderRefused):
        side.provider.fetch(key=uuid4(), reference="pi_unknown")


def test_a_wrong_port_is_unreachable_and_nothing_was_done() -> None:
    side = LocalStripeSide("http://127.0.0.1:9")

    with pytest.raises(ProviderUnreachable):
        side.provider.fetch(key=uuid4(), reference="pi_1")


def test_a_payment_that_never_got_a_name_is_not_asked_about(side: StripeSide) -> None:
    state = side.provider.fetch(key=uuid4(), reference="")

    assert (state.claims, state.is_final) == ((), True)
    assert side.double.headers == []


def test_the_title_names_no_goods(side: StripeSide) -> None:
    side.provider.start(request=replace(request(), title="Shop · TR-1001"))

    form = side.double.forms[0][1]
    assert form["line_items[0][price_data][product_data][name]"] == "Shop · TR-1001"
