"""The demo card fails as real ones do: late, twice, out of order, wrong, or not at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tresen.adapters.payments.demo.desk import NUMBERS
from tresen.adapters.payments.demo.messages import SIGNATURE_HEADER, signed
from tresen.adapters.payments.tests.counterparts import NOON, DemoSide, request
from tresen.domains.payments.ports import (
    BadNotice,
    DemoScenario,
    OutcomeUnknown,
    ProviderRefused,
    RawNotice,
)
from tresen.domains.payments.types import EventKind
from tresen.foundation.money import Money

CARD = {scenario: number for number, scenario in NUMBERS.items()}
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def side(tmp_path: Path) -> DemoSide:
    return DemoSide(tmp_path)


def kinds(side: DemoSide, notices: object) -> list[str]:
    assert isinstance(notices, list)
    return [
        side.provider.verify_notice(headers=raw.headers, body=raw.body, now=NOON).kind
        for raw in notices
    ]


def test_every_number_passes_the_luhn_check() -> None:
    for number in NUMBERS:
        digits = [int(sign) for sign in reversed(number)]
        doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]
        assert (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (DemoScenario.SUCCEED, ["charge.paid"]),
        (DemoScenario.DUPLICATE_NOTICE, ["charge.paid"] * 3),
        (DemoScenario.REORDERED_NOTICES, ["charge.paid", "charge.authorized"]),
        (DemoScenario.LATE_NOTICE, []),
    ],
)
def test_the_card_number_chooses_what_is_told_at_once(
    side: DemoSide, scenario: DemoScenario, told: list[str]
) -> None:
    reference = side.begin(request())

    charge = side.desk.pay(reference=reference, card_number=CARD[scenario], now=NOON)

    assert charge.state == "paid"
    assert kinds(side, side.desk.due_notices(now=NOON, limit=9)) == told
    assert side.desk.due_notices(now=NOON, limit=9) == []


def test_a_late_notice_comes_two_minutes_later(side: DemoSide) -> None:
    reference = side.begin(request())
    side.pay(reference, CARD[DemoScenario.LATE_NOTICE])

    (raw,) = side.desk.due_notices(now=LATER, limit=9)

    notice = side.provider.verify_notice(headers=raw.headers, body=raw.body, now=LATER)
    assert notice.kind == "charge.paid"
    assert notice.claims[0].happened_at == NOON


def test_a_declined_card_is_told_and_another_may_be_tried(side: DemoSide) -> None:
    asked = request()
    reference = side.begin(asked)

    with pytest.raises(ProviderRefused):
        side.pay(reference, CARD[DemoScenario.DECLINE])

    assert kinds(side, side.desk.due_notices(now=NOON, limit=9)) == ["charge.declined"]
    side.pay(reference)
    (claim,) = side.provider.fetch(key=asked.key, reference=reference).claims
    assert claim.kind is EventKind.CAPTURED


def test_after_a_time_out_nobody_tells_but_asking_finds_the_money(side: DemoSide) -> None:
    asked = request()
    reference = side.begin(asked)

    with pytest.raises(OutcomeUnknown):
        side.pay(reference, CARD[DemoScenario.TIME_OUT])

    assert side.desk.due_notices(now=NOON + timedelta(days=1), limit=9) == []
    (claim,) = side.provider.fetch(key=asked.key, reference=reference).claims
    assert (claim.kind, claim.amount) == (EventKind.CAPTURED, asked.amount)


def test_paying_twice_charges_once(side: DemoSide) -> None:
    reference = side.begin(request())

    for _ in range(2):
        side.pay(reference)

    with side.books.turn() as turn:
        assert turn.totals() == (5000, 0)
    assert len(side.desk.due_notices(now=NOON, limit=9)) == 1


def test_a_wrong_amount_is_wrong_in_the_notice_and_in_the_books(side: DemoSide) -> None:
    asked = request()
    reference = side.begin(asked)
    side.pay(reference, CARD[DemoScenario.WRONG_AMOUNT])

    (raw,) = side.desk.due_notices(now=NOON, limit=9)

    notice = side.provider.verify_notice(headers=raw.headers, body=raw.body, now=NOON)
    assert notice.claims[0].amount == Money(50, "EUR")
    (claim,) = side.provider.fetch(key=asked.key, reference=reference).claims
    assert claim.amount == Money(50, "EUR")


@pytest.mark.parametrize("number", ["", "4111 1111 1111 1111", "0002", "4000-0000-0000-0003"])
def test_other_cards_are_refused(side: DemoSide, number: str) -> None:
    reference = side.begin(request())

    with pytest.raises(ProviderRefused):
        side.pay(reference, number)

    found = side.desk.find(reference=reference)
    assert found is not None
    assert found.state == "waiting"


def test_what_was_given_up_cannot_be_paid(side: DemoSide) -> None:
    reference = side.begin(request())

    charge = side.desk.give_up(reference=reference, now=NOON)

    assert charge.state == "given_up"
    assert kinds(side, side.desk.due_notices(now=NOON, limit=9)) == ["charge.given_up"]
    with pytest.raises(ProviderRefused):
        side.pay(reference)


def test_a_refund_may_time_out_after_it_was_done(side: DemoSide) -> None:
    asked = request()
    reference = side.begin(asked)
    side.pay(reference, CARD[DemoScenario.REFUND_TIMES_OUT])
    refund_key = uuid4()

    def refund() -> None:
        side.provider.refund(
            refund_key=refund_key, key=asked.key, reference=reference, amount=asked.amount
        )

    with pytest.raises(OutcomeUnknown):
        refund()
    refund()

    with side.books.turn() as turn:
        assert turn.totals() == (5000, 5000)


def test_a_refund_may_fail(side: DemoSide) -> None:
    asked = request()
    reference = side.begin(asked)
    side.pay(reference, CARD[DemoScenario.REFUND_FAILS])

    state = side.provider.refund(
        refund_key=uuid4(), key=asked.key, reference=reference, amount=asked.amount
    )

    assert [claim.kind for claim in state.claims] == [
        EventKind.CAPTURED,
        EventKind.REFUND_FAILED,
    ]
    with side.books.turn() as turn:
        assert turn.totals() == (5000, 0)


def test_the_same_key_with_another_amount_is_refused(side: DemoSide) -> None:
    asked = request()
    side.begin(asked)

    with pytest.raises(ProviderRefused):
        side.begin(request(minor=1, key=asked.key))


def test_the_card_number_is_kept_nowhere(side: DemoSide, tmp_path: Path) -> None:
    reference = side.begin(request())
    side.pay(reference)

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"4000000000000002" not in kept


def test_a_signature_lasts_five_minutes_and_covers_every_byte(side: DemoSide) -> None:
    reference = side.begin(request())
    side.pay(reference)
    (raw,) = side.desk.due_notices(now=NOON, limit=9)

    def verify(raw: RawNotice, *, minutes: int = 0) -> str:
        at = NOON + timedelta(minutes=minutes)
        return side.provider.verify_notice(headers=raw.headers, body=raw.body, now=at).event_id

    assert verify(raw, minutes=5)
    wrong = [
        RawNotice(headers=raw.headers, body=raw.body.replace(b"5000", b"5001")),
        RawNotice(headers={SIGNATURE_HEADER: raw.headers[SIGNATURE_HEADER][:-1]}, body=raw.body),
        signed(raw.body.decode(), secret=b"another secret", at=NOON),
    ]
    for forged in wrong:
        with pytest.raises(BadNotice):
            verify(forged)
    for minutes in (6, -6):
        with pytest.raises(BadNotice):
            verify(raw, minutes=minutes)
