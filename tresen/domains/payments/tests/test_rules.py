"""What counts as money, what adds up, and what may be offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from tresen.domains.payments import rules
from tresen.domains.payments.tests import make
from tresen.domains.payments.tests.make import NOON, euro, happening
from tresen.domains.payments.types import (
    EventKind,
    Match,
    Method,
    PaymentState,
    RefundState,
)
from tresen.foundation.money import Money

R1, R2 = UUID(int=1), UUID(int=2)

CASES = [
    ([], PaymentState.OPEN),
    ([EventKind.REQUESTED], PaymentState.REQUESTED),
    ([EventKind.REQUESTED, EventKind.FAILED], PaymentState.FAILED),
    ([EventKind.FAILED, EventKind.AUTHORIZED], PaymentState.AUTHORIZED),
    ([EventKind.AUTHORIZED, EventKind.CANCELLED], PaymentState.CANCELLED),
    ([EventKind.FAILED, EventKind.CAPTURED], PaymentState.CAPTURED),
    ([EventKind.CANCELLED, EventKind.CAPTURED], PaymentState.CAPTURED),
    ([EventKind.QUARANTINED], PaymentState.OPEN),
]


@pytest.mark.parametrize(("kinds", "state"), CASES)
def test_the_state_follows_from_what_has_happened(
    kinds: list[EventKind], state: PaymentState
) -> None:
    drawn = rules.roll_up([happening(kind) for kind in kinds], amount_minor=5000)

    assert drawn.state is state


def test_unknown_lasts_until_a_later_answer() -> None:
    asked = happening(EventKind.REQUESTED, minutes=0)
    unclear = happening(EventKind.UNKNOWN, minutes=1)
    answered = happening(EventKind.REQUESTED, minutes=2)

    assert rules.roll_up([asked, unclear], amount_minor=5000).state is PaymentState.UNKNOWN
    for order in permutations([asked, unclear, answered]):
        assert rules.roll_up(order, amount_minor=5000).state is PaymentState.REQUESTED


def test_the_same_money_told_twice_counts_once() -> None:
    told = [happening(EventKind.CAPTURED), happening(EventKind.CAPTURED)]

    drawn = rules.roll_up(told, amount_minor=5000)

    assert (drawn.captured_minor, drawn.troubles) == (5000, 0)


def test_money_beyond_the_amount_is_a_trouble_and_does_not_count() -> None:
    told = [happening(EventKind.CAPTURED), happening(EventKind.CAPTURED, money_id="money-2")]

    drawn = rules.roll_up(told, amount_minor=5000)

    assert (drawn.captured_minor, drawn.troubles) == (5000, 1)


def test_money_for_a_payment_that_was_given_up_is_a_trouble() -> None:
    told = [happening(EventKind.CANCELLED), happening(EventKind.CAPTURED)]

    assert rules.roll_up(told, amount_minor=5000).troubles == 1


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([EventKind.REFUND_REQUESTED], RefundState.REQUESTED),
        ([EventKind.REFUND_REQUESTED, EventKind.UNKNOWN], RefundState.UNKNOWN),
        ([EventKind.REFUND_REQUESTED, EventKind.UNKNOWN, EventKind.REFUNDED], RefundState.REFUNDED),
        ([EventKind.REFUNDED, EventKind.REFUND_FAILED], RefundState.FAILED),
    ],
)
def test_a_refund_has_four_states(kinds: list[EventKind], state: RefundState) -> None:
    told = [happening(EventKind.CAPTURED)]
    told += [happening(kind, 2000, money_id="back", refund_id=R1) for kind in kinds]

    drawn = rules.roll_up(told, amount_minor=5000)

    on_its_way = state in {RefundState.REQUESTED, RefundState.UNKNOWN}
    assert drawn.refunds == {R1: state}
    assert drawn.refunding_minor == (2000 if on_its_way else 0)
    assert drawn.refunded_minor == (2000 if state is RefundState.REFUNDED else 0)
    assert drawn.troubles == (1 if state is RefundState.FAILED else 0)


KINDS = st.sampled_from(
    [
        EventKind.REQUESTED,
        EventKind.AUTHORIZED,
        EventKind.CAPTURED,
        EventKind.FAILED,
        EventKind.CANCELLED,
        EventKind.UNKNOWN,
        EventKind.QUARANTINED,
        EventKind.REFUND_REQUESTED,
        EventKind.REFUNDED,
        EventKind.REFUND_FAILED,
    ]
)
REFUND_KINDS = {EventKind.REFUND_REQUESTED, EventKind.REFUNDED, EventKind.REFUND_FAILED}


@st.composite
def happenings(draw: st.DrawFn) -> rules.Happening:
    kind = draw(KINDS)
    return happening(
        kind,
        draw(st.integers(1, 9000)),
        money_id=draw(st.sampled_from(["a", "b", "c"])),
        refund_id=draw(st.sampled_from([R1, R2])) if kind in REFUND_KINDS else None,
        minutes=draw(st.integers(0, 5)),
    )


@given(st.lists(happenings(), max_size=8), st.randoms(use_true_random=False))
def test_whatever_happens_in_whatever_order_the_sums_stay_in_bounds(
    told: list[rules.Happening], chance: object
) -> None:
    drawn = rules.roll_up(told, amount_minor=5000)

    assert 0 <= drawn.refunded_minor + drawn.refunding_minor <= drawn.captured_minor <= 5000
    assert 0 <= drawn.authorized_minor <= 5000
    shuffled = [*told, *told]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = rules.roll_up(list(dict.fromkeys(shuffled)), amount_minor=5000)
    assert again == rules.roll_up(list(dict.fromkeys(told)), amount_minor=5000)


def test_all_720_orders_of_six_events_draw_the_same() -> None:
    told = [
        happening(EventKind.AUTHORIZED),
        happening(EventKind.FAILED),
        happening(EventKind.CAPTURED),
        happening(EventKind.REFUND_REQUESTED, 3000, refund_id=R1),
        happening(EventKind.REFUNDED, 3000, money_id="back", refund_id=R1),
        happening(EventKind.REFUND_FAILED, 1000, money_id="gone", refund_id=R2),
    ]
    expected = rules.roll_up(told, amount_minor=5000)

    drawn = {repr(rules.roll_up(order, amount_minor=5000).state) for order in permutations(told)}

    assert drawn == {repr(PaymentState.PARTLY_REFUNDED)}
    assert all(
        replace(rules.roll_up(order, amount_minor=5000), refunds=expected.refunds) == expected
        for order in permutations(told)
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, ()),
        ({"merchant": "another account"}, ("merchant",)),
        ({"reference": "ref-2"}, ("reference",)),
        ({"payment_key": "another payment"}, ("payment",)),
        ({"order_number": "TR-1002"}, ("order",)),
        ({"currency": "SEK"}, ("currency",)),
        ({"minor": 100}, ("amount",)),
        ({"minor": 5001}, ("amount",)),
        ({"minor": 0}, ("amount",)),
        ({"minor": -5000}, ("amount",)),
        ({"minor": 100, "currency": "USD", "merchant": "x"}, ("merchant", "currency", "amount")),
    ],
)
def test_a_claim_is_compared_in_every_respect(
    changes: dict[str, object], wrong: tuple[str, ...]
) -> None:
    claim = make.claim(**changes)  # type: ignore[arg-type]

    assert rules.mismatches(claim, payment=make.row(), merchant=make.MERCHANT) == wrong


def test_a_part_counts_only_when_staff_counted_it() -> None:
    part = make.claim(minor=2000)
    payment = make.row()

    assert rules.mismatches(part, payment=payment, merchant=make.MERCHANT) == ("amount",)
    counted = rules.mismatches(part, payment=payment, merchant=make.MERCHANT, is_counted=True)
    assert counted == ()


def test_a_claim_without_any_reference_matches_no_payment() -> None:
    claim = replace(make.claim(), references=("",))

    wrong = rules.mismatches(claim, payment=make.row(reference=""), merchant=make.MERCHANT)

    assert wrong == ("reference",)


def test_asking_grows_rarer_and_ends_after_three_days() -> None:
    waits = [rules.ask_again_at(asked=asked, since=NOON, now=NOON) for asked in (0, 1, 2, 5, 6, 50)]

    assert [int((at - NOON).total_seconds() // 60) for at in waits if at] == [1, 2, 4, 32, 60, 60]
    late = NOON + timedelta(days=3, seconds=1)
    assert rules.ask_again_at(asked=1, since=NOON, now=late) is None


@pytest.mark.parametrize("number", ["TR-1001", "HH2026000123", "a 9"])
def test_a_creditor_reference_has_right_check_digits(number: str) -> None:
    reference = rules.creditor_reference(number)

    assert iso11649.validate(reference) == reference
    assert rules.references_in(reference) == (reference,)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "Bestellung {} vielen Dank",
        "ref {spaced} / Erika",
        "{lower}",
        "EREF+123 SVWZ+{}",
    ],
)
def test_a_reference_is_found_in_what_a_payer_writes(text: str) -> None:
    reference = rules.creditor_reference("TR-1001")
    spaced = " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))
    written = text.format(reference, spaced=spaced, lower=reference.lower())

    assert reference in rules.references_in(written)


def test_a_mistyped_reference_is_not_believed() -> None:
    reference = rules.creditor_reference("TR-1001")
    mistyped = reference[:-1] + ("2" if reference[-1] != "2" else "3")

    assert mistyped not in rules.references_in(mistyped)
    assert reference not in rules.references_in(mistyped)


@pytest.mark.parametrize(
    ("amount", "captured", "match"),
    [
        (euro(5000), 0, Match.EXACT),
        (euro(4999), 0, Match.SHORT),
        (euro(5001), 0, Match.OVER),
        (euro(2000), 3000, Match.EXACT),
        (euro(5000), 5000, Match.NOTHING_OWED),
        (Money(5000, "CHF"), 0, Match.OTHER_CURRENCY),
    ],
)
def test_an_incoming_amount_is_compared_with_what_is_owed(
    amount: Money, captured: int, match: Match
) -> None:
    assert rules.fit_of(amount, payment=make.row(captured_minor=captured)) is match


ALL = tuple(Method)


@pytest.mark.parametrize(
    ("amount", "picked_up", "iban", "codes"),
    [
        (euro(100), False, "DE1", ["demo_card", "stripe", "bank_transfer"]),
        (euro(100), True, "DE1", ["demo_card", "stripe", "bank_transfer", "pay_in_store"]),
        (euro(100), False, "", ["demo_card", "stripe"]),
        (Money(100, "SEK"), True, "DE1", ["demo_card", "stripe", "pay_in_store"]),
        (euro(0), True, "DE1", []),
    ],
)
def test_only_fitting_ways_to_pay_are_offered(
    amount: Money, picked_up: bool, iban: str, codes: list[str]
) -> None:
    rows = rules.offers(switched_on=ALL, amount=amount, picked_up=picked_up, payee_iban=iban)

    assert [row.code for row in rows] == codes


def test_what_is_not_switched_on_is_not_offered() -> None:
    rows = rules.offers(
        switched_on=["bank_transfer"], amount=euro(1), picked_up=True, payee_iban="DE1"
    )

    assert [row.code for row in rows] == ["bank_transfer"]


def test_two_refunds_of_one_payment_add_up() -> None:
    told = [
        happening(EventKind.CAPTURED),
        happening(EventKind.REFUNDED, 2500, money_id="x", refund_id=R1),
        happening(EventKind.REFUNDED, 2500, money_id="y", refund_id=R2),
    ]

    drawn = rules.roll_up(told, amount_minor=5000)

    assert (drawn.refunded_minor, drawn.state) == (5000, PaymentState.REFUNDED)
