"""Claims are believed once, in any order, and only when they fit."""

from __future__ import annotations

import random
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tresen.domains.payments import rules
from tresen.domains.payments.commands import (
    NotAsShown,
    mark_reviewed,
    note_event,
    record_claim,
)
from tresen.domains.payments.models import Payment, PaymentEvent, Refund
from tresen.domains.payments.queries import (
    NoSuchPayment,
    balances,
    get_payment,
    list_events,
    list_in_trouble,
    list_refunds,
)
from tresen.domains.payments.tests import make
from tresen.domains.payments.tests.make import MERCHANT, METHOD, NOON, euro
from tresen.domains.payments.types import (
    Claim,
    EventKind,
    PaymentState,
    Recorded,
    RefundReason,
    RefundState,
)
from tresen.foundation.actor import Actor
from tresen.foundation.journal.models import Fact

pytestmark = pytest.mark.django_db

CLERK = Actor("staff", UUID(int=7))


def record(claim: Claim) -> Recorded:
    found = record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON)
    return found.recorded


def told(kind: str) -> list[int]:
    """The amounts of all facts of a kind."""
    return [fact.body["minor"] for fact in Fact.objects.filter(kind=kind).order_by("id")]


def test_a_capture_pays_the_payment_and_is_posted() -> None:
    payment_id = make.payment()

    assert record(make.claim()) is Recorded.APPLIED

    payment = get_payment(payment_id)
    assert (payment.state, payment.captured_minor) == (PaymentState.CAPTURED, 5000)
    assert payment.is_paid
    assert balances()["cash:demo_card", "EUR"] == 5000
    assert balances()["receivable", "EUR"] == 0
    (fact,) = Fact.objects.filter(kind="PaymentCaptured")
    assert (fact.body["minor"], fact.body["is_paid"]) == (5000, True)


def test_a_notice_told_again_changes_nothing() -> None:
    payment_id = make.payment()
    record(make.claim())

    again = [record(make.claim()) for _ in range(3)]

    assert again == [Recorded.DUPLICATE] * 3
    assert get_payment(payment_id).captured_minor == 5000
    assert balances()["cash:demo_card", "EUR"] == 5000
    assert told("PaymentCaptured") == [5000]


def test_the_same_money_under_another_event_id_is_not_posted_twice() -> None:
    make.payment()
    record(make.claim())

    assert record(make.claim(event_id="another")) is Recorded.APPLIED

    assert balances()["cash:demo_card", "EUR"] == 5000
    assert told("PaymentCaptured") == [5000]


FORGERIES: list[tuple[dict[str, object], str]] = [
    ({"minor": 1}, "captured: amount"),
    ({"minor": 4999}, "captured: amount"),
    ({"minor": 500_000}, "captured: amount"),
    ({"currency": "JPY"}, "captured: currency"),
    ({"merchant": "thief"}, "captured: merchant"),
    ({"order_number": "TR-9"}, "captured: order"),
    ({"payment_key": "another payment"}, "captured: payment"),
]


@pytest.mark.parametrize(("changes", "detail"), FORGERIES)
def test_a_claim_that_does_not_fit_is_set_aside_and_never_pays(
    changes: dict[str, object], detail: str
) -> None:
    payment_id = make.payment()

    assert record(make.claim(**changes)) is Recorded.QUARANTINED  # type: ignore[arg-type]

    payment = get_payment(payment_id)
    assert (payment.captured_minor, payment.is_paid) == (0, False)
    assert payment.capture_reference == ""
    (event,) = list_events(payment_id)
    assert (event.kind, event.detail) == (EventKind.QUARANTINED, detail)
    assert [row.id for row in list_in_trouble()] == [payment_id]
    assert ("cash:demo_card", "EUR") not in balances()
    assert Fact.objects.get(kind="PaymentQuarantined").body["detail"] == detail


@pytest.mark.parametrize(("changes", "detail"), FORGERIES)
def test_control_without_the_comparison_the_same_claim_would_pay(
    changes: dict[str, object], detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment_id = make.payment()
    monkeypatch.setattr(rules, "mismatches", lambda *_, **__: ())

    assert record(make.claim(**changes)) is Recorded.APPLIED  # type: ignore[arg-type]

    assert get_payment(payment_id).captured_minor > 0


def test_the_right_claim_after_a_wrong_one_still_pays() -> None:
    payment_id = make.payment()
    record(make.claim(minor=1, event_id="wrong", money_id="wrong"))

    record(make.claim())

    payment = get_payment(payment_id)
    assert payment.is_paid
    assert payment.needs_review


def test_a_claim_about_a_reference_nobody_knows_waits() -> None:
    make.payment()

    assert record(make.claim(reference="unheard")) is Recorded.WAITING

    assert not PaymentEvent.objects.exists()


def test_a_claim_of_another_method_does_not_reach_the_payment() -> None:
    make.payment()

    found = record_claim(method="stripe", merchant=MERCHANT, claim=make.claim(), now=NOON)

    assert found.recorded is Recorded.WAITING


def test_a_person_marks_troubles_as_seen_and_later_ones_show_again() -> None:
    payment_id = make.payment()
    record(make.claim(minor=1, event_id="wrong-1"))

    mark_reviewed(payment_id=payment_id, troubles=1, now=NOON, actor=CLERK)
    assert list_in_trouble() == []

    record(make.claim(minor=2, event_id="wrong-2"))
    assert [row.id for row in list_in_trouble()] == [payment_id]


@pytest.mark.parametrize("troubles", [-1, 0, 2, 10**30])
def test_nobody_has_looked_at_more_than_there_is(troubles: int) -> None:
    payment_id = make.payment()
    record(make.claim(minor=1, event_id="wrong-1"))
    before = list_events(payment_id)

    with pytest.raises(NotAsShown):
        mark_reviewed(payment_id=payment_id, troubles=troubles, now=NOON, actor=CLERK)

    assert [row.id for row in list_in_trouble()] == [payment_id]
    assert list_events(payment_id) == before


def test_nobody_looks_at_a_payment_that_is_not_there() -> None:
    with pytest.raises(NoSuchPayment):
        mark_reviewed(payment_id=uuid4(), troubles=1, now=NOON, actor=CLERK)


def test_a_failed_attempt_is_told_once_and_may_still_succeed() -> None:
    payment_id = make.payment()
    for number in range(2):
        note_event(payment_id=payment_id, kind=EventKind.FAILED, event_id=f"f{number}", now=NOON)

    assert get_payment(payment_id).state is PaymentState.FAILED
    assert Fact.objects.filter(kind="PaymentFailed").count() == 1

    record(make.claim())
    assert get_payment(payment_id).state is PaymentState.CAPTURED


def test_money_given_back_at_the_provider_itself_becomes_a_refund_of_its_own() -> None:
    payment_id = make.payment()
    record(make.claim())

    record(make.claim(EventKind.REFUNDED, minor=2000, money_id="re-1"))

    (refund,) = list_refunds(payment_id)
    assert (refund.amount, refund.reason) == (euro(2000), RefundReason.BY_PROVIDER)
    assert refund.state is RefundState.REFUNDED
    assert balances()["cash:demo_card", "EUR"] == 3000
    assert told("PaymentRefunded") == [2000]


def test_a_refund_that_came_back_is_taken_out_of_the_books_again() -> None:
    payment_id = make.payment()
    record(make.claim())
    record(make.claim(EventKind.REFUNDED, minor=2000, money_id="re-1"))

    record(make.claim(EventKind.REFUND_FAILED, minor=2000, money_id="re-1"))

    payment = get_payment(payment_id)
    assert (payment.refunded_minor, payment.needs_review) == (0, True)
    assert balances()["cash:demo_card", "EUR"] == 5000
    assert Fact.objects.filter(kind="RefundFailed").count() == 1


def six_claims(refund_id: UUID) -> list[Claim]:
    """A whole life: a failed attempt, authorized, captured (told twice), two refunds."""
    return [
        make.claim(EventKind.FAILED, money_id="attempt"),
        make.claim(EventKind.AUTHORIZED),
        make.claim(EventKind.CAPTURED),
        make.claim(EventKind.CAPTURED, event_id="told by another event"),
        make.claim(EventKind.REFUNDED, minor=2000, money_id="re-1", refund_key=str(refund_id)),
        make.claim(EventKind.REFUNDED, minor=500, money_id="re-2"),
    ]


def final_state(payment_id: UUID) -> tuple[object, ...]:
    payment = get_payment(payment_id)
    refunds = sorted((r.amount.minor, r.state) for r in list_refunds(payment_id))
    return (
        payment.state,
        payment.authorized_minor,
        payment.captured_minor,
        payment.refunded_minor,
        payment.refunding_minor,
        payment.troubles,
        refunds,
        sorted(balances().items()),
        sum(told("PaymentCaptured")),
        sum(told("PaymentRefunded")),
    )


def play(order: list[int]) -> tuple[object, ...]:
    """A new payment with a refund on its way hears the claims in this order; undone afterwards."""
    with transaction.atomic():
        payment_id = make.payment()
        claims = six_claims(_refund_on_its_way(payment_id))
        for place in order:
            record(claims[place])
        found = final_state(payment_id)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    return found


EXPECTED = (
    PaymentState.PARTLY_REFUNDED,
    5000,
    5000,
    2500,
    0,
    0,
    [(500, "refunded"), (2000, "refunded")],
    [
        (("cash:demo_card", "EUR"), 2500),
        (("receivable", "EUR"), 2500),
        (("revenue", "EUR"), -4202),
        (("tax", "EUR"), -798),
    ],
    5000,
    2500,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "first", [0, 3, *(pytest.param(place, marks=pytest.mark.drill) for place in (1, 2, 4, 5))]
)
def test_all_720_orders_of_six_claims_each_told_twice_end_the_same(first: int) -> None:
    chance = random.Random(first)  # noqa: S311 (a seed, not a secret)
    for rest in permutations(place for place in range(6) if place != first):
        order = [first, *rest]
        for place in (first, *rest):
            order.insert(chance.randint(order.index(place) + 1, len(order)), place)

        assert play(order) == EXPECTED, order


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_six_claims_each_told_up_to_three_times_ends_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (a seed, not a secret)
    order = [place for place in range(6) for _ in range(chance.randint(1, 3))]
    chance.shuffle(order)

    assert play(order) == EXPECTED


def test_control_if_events_were_not_kept_once_the_books_would_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def keep_always(event: PaymentEvent) -> bool:
        event.provider_event_id = event.money_id = f"{event.provider_event_id}/{event.id}"
        event.save(force_insert=True)
        return True

    monkeypatch.setattr("tresen.domains.payments.commands.claims._keep_once", keep_always)

    assert play([0, 1, 2, 2, 3, 4, 5, 5]) != EXPECTED


@pytest.mark.parametrize(
    "change",
    [
        {"captured_minor": 5001},
        {"captured_minor": -1},
        {"refunded_minor": 1},
        {"refunding_minor": 1},
        {"amount_minor": 0},
        {"authorized_minor": 5001},
    ],
)
def test_the_database_refuses_sums_out_of_bounds(change: dict[str, int]) -> None:
    payment_id = make.payment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(id=payment_id).update(**change)

    assert get_payment(payment_id).captured_minor == 0


@pytest.mark.parametrize("change", ["UPDATE {} SET kind = 'captured'", "DELETE FROM {}"])
def test_an_event_can_be_neither_changed_nor_taken_away(change: str) -> None:
    make.payment()
    record(make.claim(minor=1))

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format("payments_payment_event"))

    assert PaymentEvent.objects.get().kind == EventKind.QUARANTINED


def _refund_on_its_way(payment_id: UUID) -> UUID:
    """Asked for when it was captured; here written first, so that any order can be played."""
    refund = Refund.objects.create(
        payment_id=payment_id,
        key="k",
        amount_minor=2000,
        currency="EUR",
        reason=RefundReason.GOODWILL,
        requested_by="staff",
        requested_at=NOON,
    )
    PaymentEvent.objects.create(
        payment_id=payment_id,
        kind=EventKind.REFUND_REQUESTED,
        provider=METHOD,
        provider_event_id=f"refund_requested:{refund.id}",
        amount_minor=2000,
        currency="EUR",
        refund=refund,
        happened_at=NOON,
        received_at=NOON,
    )
    return refund.id
