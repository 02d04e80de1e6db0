"""Reads: transfers are matched by reference and amount, lists are bounded and honest."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tresen.domains.payments.commands import (
    ask_refund,
    begin_asking,
    hold_notice,
    note_event,
    note_outcome,
    open_payment,
    record_claim,
    stop_asking,
    store_notice,
    take_to_ask,
)
from tresen.domains.payments.models import Notice
from tresen.domains.payments.queries import (
    NoSuchPayment,
    find_last_payment_of,
    find_payment_by_reference,
    get_payment,
    get_refund,
    list_overdue,
    list_payments_of,
    list_payments_of_orders,
    list_refunds_of,
    list_to_give_back,
    list_waiting_notices,
    match_transfer,
    troubles_of,
)
from tresen.domains.payments.rules import creditor_reference
from tresen.domains.payments.tests import make
from tresen.domains.payments.tests.make import MERCHANT, METHOD, NOON, euro
from tresen.domains.payments.types import Claim, EventKind, Match, RefundReason
from tresen.foundation.actor import GUEST

pytestmark = pytest.mark.django_db

REFERENCE = creditor_reference("TR-1001")


def counted(payment_id: UUID, claim: Claim) -> None:
    payment = get_payment(payment_id)
    record_claim(
        method=payment.method, merchant=MERCHANT, claim=claim, now=NOON, counted_for=payment_id
    )


def test_a_transfer_is_matched_by_reference_and_amount() -> None:
    payment_id = make.payment(method="bank_transfer")

    found = match_transfer(text=f"Bestellung {REFERENCE} danke", amount=euro(5000))

    assert found.verdict is Match.EXACT
    assert found.payment is not None
    assert found.payment.id == payment_id


@pytest.mark.parametrize(
    ("text", "minor", "verdict"),
    [
        (REFERENCE, 4900, Match.SHORT),
        (REFERENCE, 5100, Match.OVER),
        ("TR-1001", 5000, Match.UNKNOWN),
        (creditor_reference("TR-9999"), 5000, Match.UNKNOWN),
        ("", 5000, Match.UNKNOWN),
    ],
)
def test_a_transfer_that_does_not_fit_says_how(text: str, minor: int, verdict: Match) -> None:
    make.payment(method="bank_transfer")

    assert match_transfer(text=text, amount=euro(minor)).verdict is verdict


def test_a_card_payment_is_never_matched_by_a_transfer() -> None:
    make.payment(reference=REFERENCE)

    assert match_transfer(text=REFERENCE, amount=euro(5000)).verdict is Match.UNKNOWN


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(NoSuchPayment):
        get_payment(uuid4())
    with pytest.raises(NoSuchPayment):
        get_refund(uuid4())
    assert find_payment_by_reference(method=METHOD, reference="") is None


def test_the_last_payment_of_an_order_counts() -> None:
    order_id = uuid4()
    first = make.payment(order_id=order_id)
    second = open_payment(
        order_id=order_id,
        method=METHOD,
        amount=euro(5000),
        order_number="TR-1001",
        now=NOON + timedelta(minutes=1),
    )

    last = find_last_payment_of(order_id)

    assert last is not None
    assert last.id == second
    assert [payment.id for payment in list_payments_of(order_id)] == [first, second]
    assert [p.id for p in list_payments_of_orders([order_id])[order_id]] == [first, second]


def test_payments_whose_time_has_passed_are_listed_until_money_comes() -> None:
    order_id = uuid4()
    payment_id = open_payment(
        order_id=order_id,
        method=METHOD,
        amount=euro(5000),
        order_number="TR-1001",
        now=NOON,
        due_at=NOON + timedelta(days=7),
    )
    late = NOON + timedelta(days=8)

    assert list_overdue(now=NOON) == []
    assert [row.id for row in list_overdue(now=late)] == [payment_id]

    claim = make.claim(reference="")
    record_claim(method=METHOD, merchant=MERCHANT, claim=claim, now=NOON, counted_for=payment_id)
    assert list_overdue(now=late) == []


def test_money_to_give_back_by_hand_is_listed_until_it_went_back() -> None:
    by_hand, by_card = make.payment(method="bank_transfer", number="TR-1"), make.payment()
    for payment_id in (by_hand, by_card):
        claim = make.claim(event_id=f"in-{payment_id}", order_number="")
        counted(payment_id, claim)
        ask_refund(
            payment_id=payment_id,
            amount=euro(5000),
            reason=RefundReason.GOODWILL,
            key="k",
            now=NOON,
            actor=GUEST,
        )

    assert [row.id for row in list_to_give_back()] == [by_hand]

    (refund,) = list_refunds_of(get_payment(by_hand).order_id)
    counted(
        by_hand,
        make.claim(EventKind.REFUNDED, money_id="back", order_number="", refund_key=str(refund.id)),
    )
    assert list_to_give_back() == []


def test_every_trouble_that_is_counted_is_listed_with_what_is_over() -> None:
    payment_id = make.payment()
    counted(payment_id, make.claim(minor=9000, event_id="aside"))
    for number in range(2):
        counted(payment_id, make.claim(event_id=f"in-{number}", money_id=f"in-{number}"))
    for money_id, minor in (("out-1", 5000), ("out-2", 700), ("failed", 100)):
        counted(payment_id, make.claim(EventKind.REFUNDED, minor=minor, money_id=money_id))
    for number in range(2):
        failed = make.claim(
            EventKind.REFUND_FAILED, minor=100, money_id="failed", event_id=f"failed-{number}"
        )
        counted(payment_id, failed)
    note_event(payment_id=payment_id, kind=EventKind.CANCELLED, event_id="end", now=NOON)

    payment = get_payment(payment_id)
    found = troubles_of(payment)

    assert sorted((row.kind.value, row.amount.minor, row.detail) for row in found) == [
        ("paid_after_end", 5000, ""),
        ("paid_beyond", 5000, ""),
        ("refund_failed", 100, ""),
        ("refunded_beyond", 700, ""),
        ("set_aside", 9000, "captured: amount"),
    ]
    assert payment.troubles == len(found)


def test_each_payment_is_taken_for_asking_once_and_put_off() -> None:
    payment_id = make.payment()
    begin_asking(payment_id=payment_id, now=NOON)

    assert take_to_ask(now=NOON + timedelta(seconds=59), limit=9) == []
    minute = NOON + timedelta(seconds=60)
    assert [row.id for row in take_to_ask(now=minute, limit=9)] == [payment_id]
    assert take_to_ask(now=minute, limit=9) == []
    later = minute + timedelta(minutes=2)
    assert [row.id for row in take_to_ask(now=later, limit=9)] == [payment_id]

    stop_asking(payment_id=payment_id)
    assert take_to_ask(now=NOON + timedelta(days=1), limit=9) == []


def test_a_notice_is_stored_once_and_sealed() -> None:
    def store(body: str) -> tuple[object, bool]:
        return store_notice(provider="stripe", event_id="evt_1", kind="paid", body=body, now=NOON)

    first, is_new = store('{"name": "Erika Beispiel"}')
    again, is_new_again = store('{"name": "someone else"}')

    assert (is_new, is_new_again, first) == (True, False, again)
    held = hold_notice(notice_id=Notice.objects.get().id)
    assert held is not None
    assert held.body == '{"name": "Erika Beispiel"}'
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM payments_notice")
        (raw,) = cursor.fetchone()
    assert b"Erika" not in bytes(raw)


def test_a_settled_notice_is_not_held_again() -> None:
    notice_id, _ = store_notice(
        provider="stripe", event_id="evt_1", kind="paid", body="{}", now=NOON
    )
    assert [row.id for row in list_waiting_notices()] == [notice_id]

    note_outcome(notice_id=notice_id, outcome="waiting", settled_at=None)
    held = hold_notice(notice_id=notice_id)
    assert held is not None
    assert (held.row.tries, held.body) == (1, "{}")

    note_outcome(notice_id=notice_id, outcome="applied", settled_at=NOON)
    assert hold_notice(notice_id=notice_id) is None
    assert list_waiting_notices() == []


def test_an_event_of_our_own_is_kept_once() -> None:
    payment_id = make.payment()
    for _ in range(2):
        note_event(payment_id=payment_id, kind=EventKind.REQUESTED, event_id="start", now=NOON)

    assert get_payment(payment_id).state == "requested"
