"""A drill with a seeded world: a provider that keeps its own books, and a network that misbehaves.

Notices come twice, late, out of order or never, forged ones in between; calls time out before or
after they were done; the process «dies» between storing and settling. In the end the provider's
books, our payments and our ledger say the same (I-8 to I-13, D12, D13).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tresen.adapters.payments.demo.books import DemoBooks
from tresen.adapters.payments.demo.card import DemoCard
from tresen.adapters.payments.demo.desk import NUMBERS, DemoDesk
from tresen.adapters.payments.demo.messages import signed
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.ports import (
    BadNotice,
    DemoScenario,
    OutcomeUnknown,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    ProviderUnreachable,
    RawNotice,
    Started,
    providers,
)
from tresen.domains.payments.queries import balances, get_payment, list_refunds
from tresen.domains.payments.types import RefundReason, RefundState
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.ask_provider import ask_provider
from tresen.workflows.buying.refund_payment import refund_payment
from tresen.workflows.buying.settle_payment import receive_notice, settle_notice, settle_waiting
from tresen.workflows.buying.tests.paying import CLERK, NOON, Owed, begin, owed, reference_in

pytestmark = pytest.mark.django_db

SECRET = b"drill"
METHOD = "demo_card"
ORDERS = 15
HONEST = [number for number, kind in NUMBERS.items() if kind is not DemoScenario.WRONG_AMOUNT]
WRONG = next(number for number, kind in NUMBERS.items() if kind is DemoScenario.WRONG_AMOUNT)


class ShakyCard(DemoCard):
    """The demo card behind a network that loses a third of its calls, before or after."""

    chance: random.Random

    def start(self, *, request: PaymentRequest) -> Started:
        self._lose_before()
        done = super().start(request=request)
        self._lose_after()
        return done

    def fetch(self, **words: object) -> ProviderState:
        self._lose_before()
        return super().fetch(**words)  # type: ignore[arg-type]

    def refund(self, **words: object) -> ProviderState:
        self._lose_before()
        done = super().refund(**words)  # type: ignore[arg-type]
        self._lose_after()
        return done

    def _lose_before(self) -> None:
        if self.chance.random() < 0.15:
            raise ProviderUnreachable

    def _lose_after(self) -> None:
        if self.chance.random() < 0.15:
            raise OutcomeUnknown


class World:
    """One run of the drill."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (a seed, not a secret)
        self.now = NOON
        self.books = DemoBooks(folder / "card.sqlite3")
        self.desk = DemoDesk(books=self.books, secret=lambda: SECRET)
        card = ShakyCard(
            books=self.books, secret=lambda: SECRET, page="/{reference}/", clock=self.clock
        )
        card.chance = self.chance
        providers.put(METHOD, card)
        self.forged = 0

    def clock(self) -> datetime:
        return self.now

    def buy(self, card: str) -> Owed:
        """Try until the page opens, then pay; the answer may be lost."""
        found = owed(METHOD, minor=self.chance.randint(100, 90_000))
        for _ in range(20):
            self.now += timedelta(seconds=1)
            try:
                reference = reference_in(begin(found.order_id, now=self.now))
            except Refusal:
                continue
            self._pay(reference, card)
            break
        return found

    def deliver(self) -> None:
        """What is due, in any order, each up to three times, a forged one now and then."""
        due = [
            raw
            for raw in self.desk.due_notices(now=self.now, limit=1000)
            for _ in range(self.chance.randint(1, 3))
        ]
        self.chance.shuffle(due)
        for raw in due:
            if self.chance.random() < 0.2:
                self._forge(raw)
            received = receive_notice(
                provider=METHOD, headers=raw.headers, body=raw.body, now=self.now
            )
            if self.chance.random() < 0.7:
                settle_notice(notice_id=received.notice_id, now=self.now)

    def refund(self, found: Owed) -> None:
        """A part or all goes back; staff asks twice, once with a used key."""
        minor = self.chance.choice([found.gross.minor, found.gross.minor // 2 or 1])
        for key in ("one", "one", "two"):
            try:
                refund_payment(
                    payment_id=found.payment_id,
                    amount=Money(minor, "EUR"),
                    reason=RefundReason.GOODWILL,
                    key=key,
                    now=self.now,
                    actor=CLERK,
                )
            except Refusal:
                continue

    def live_on(self, *, days: int) -> None:
        """The schedule goes on: waiting notices, late notices, questions."""
        until = self.now + timedelta(days=days)
        while self.now < until:
            self.now += timedelta(minutes=10)
            self.deliver()
            settle_waiting(now=self.now)
            ask_provider(now=self.now)

    def _pay(self, reference: str, card: str) -> None:
        try:
            self.desk.pay(reference=reference, card_number=card, now=self.now)
        except (OutcomeUnknown, ProviderRefused):
            return

    def _forge(self, raw: RawNotice) -> None:
        body = raw.body.decode().replace('"minor": ', '"minor": 9')
        honest = dict(raw.headers)
        thief = signed(body, secret=b"thief", at=self.now)
        for forgery in (replace(raw, body=body.encode(), headers=honest), thief):
            with pytest.raises(BadNotice):
                receive_notice(
                    provider=METHOD, headers=forgery.headers, body=forgery.body, now=self.now
                )
            self.forged += 1


@pytest.fixture
def kept_card() -> Iterator[None]:
    card = providers.take(METHOD)
    yield
    providers.put(METHOD, card)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_the_end_all_three_books_say_the_same(
    tmp_path: Path, seed: int, kept_card: None
) -> None:
    world = World(tmp_path, seed)
    bought = [world.buy(world.chance.choice(HONEST)) for _ in range(ORDERS)]
    world.deliver()
    for found in world.chance.sample(bought, 6):
        world.refund(found)
    world.live_on(days=1)

    payments = [get_payment(found.payment_id) for found in bought]
    with world.books.turn() as turn:
        theirs_in, theirs_back = turn.totals()
    assert sum(payment.captured_minor for payment in payments) == theirs_in
    assert sum(payment.refunded_minor for payment in payments) == theirs_back
    assert balances()[f"cash:{METHOD}", "EUR"] == theirs_in - theirs_back
    assert sum(balances().values()) == 0
    assert theirs_in > 0
    assert theirs_back > 0
    assert world.forged > 0
    undecided = {RefundState.REQUESTED, RefundState.UNKNOWN}
    assert not [
        refund
        for payment in payments
        for refund in list_refunds(payment.id)
        if refund.state in undecided
    ]
    for found, payment in zip(bought, payments, strict=True):
        paid = get_order(found.order_id).payment_state
        settled = {OrderPayment.PAID, OrderPayment.PARTLY_REFUNDED, OrderPayment.REFUNDED}
        assert (paid in settled) is payment.is_paid


def test_wrong_amounts_stay_out_of_our_books_whatever_happens(
    tmp_path: Path, kept_card: None
) -> None:
    world = World(tmp_path, 4)
    bought = [world.buy(WRONG) for _ in range(5)]
    world.deliver()
    world.live_on(days=1)

    payments = [get_payment(found.payment_id) for found in bought]
    with world.books.turn() as turn:
        assert turn.totals()[0] > 0
    assert {payment.captured_minor for payment in payments} == {0}
    assert all(payment.needs_review for payment in payments if payment.reference)
    assert (f"cash:{METHOD}", "EUR") not in balances()


def test_control_a_shop_that_never_asks_ends_with_other_books(
    tmp_path: Path, kept_card: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.ask_provider", lambda **_: 0)
    timing_out = next(n for n, kind in NUMBERS.items() if kind is DemoScenario.TIME_OUT)
    world = World(tmp_path, 5)
    bought = [world.buy(timing_out) for _ in range(3)]
    world.live_on(days=1)

    with world.books.turn() as turn:
        assert turn.totals()[0] > 0
    assert sum(get_payment(found.payment_id).captured_minor for found in bought) == 0
