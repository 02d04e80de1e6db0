"""The demo provider's payment page and messenger. The card number is read and never kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tresen.adapters.payments.demo.books import Charge, DemoBooks, Turn
from tresen.adapters.payments.demo.messages import post, signed
from tresen.domains.payments.ports import (
    DemoCharge,
    DemoScenario,
    OutcomeUnknown,
    ProviderRefused,
    RawNotice,
)
from tresen.foundation.money import Money

LATE = timedelta(minutes=2)
DUPLICATES = 3
WRONG_SHARE = 100

NUMBERS = {
    "4000000000000002": DemoScenario.SUCCEED,
    "4000000000000010": DemoScenario.DECLINE,
    "4000000000000028": DemoScenario.TIME_OUT,
    "4000000000000036": DemoScenario.LATE_NOTICE,
    "4000000000000044": DemoScenario.DUPLICATE_NOTICE,
    "4000000000000051": DemoScenario.REORDERED_NOTICES,
    "4000000000000069": DemoScenario.WRONG_AMOUNT,
    "4000000000000077": DemoScenario.REFUND_TIMES_OUT,
    "4000000000000085": DemoScenario.REFUND_FAILS,
}
"""Numbers for trying out; each passes the Luhn check and belongs to nobody."""


class DemoDesk:
    """Where the customer pays; `secret` signs the messages."""

    def __init__(self, *, books: DemoBooks, secret: Callable[[], bytes]) -> None:
        self._books, self._secret = books, secret

    def find(self, *, reference: str) -> DemoCharge | None:
        with self._books.turn() as turn:
            charge = turn.find(reference)
        return _shown(charge) if charge else None

    def numbers(self) -> Sequence[tuple[str, DemoScenario]]:
        return tuple(NUMBERS.items())

    def pay(self, *, reference: str, card_number: str, now: datetime) -> DemoCharge:
        scenario = NUMBERS.get(re.sub(r"[\s-]", "", card_number))
        with self._books.turn() as turn:
            charge = turn.find(reference)
            if scenario is None or charge is None or charge.state == "given_up":
                raise ProviderRefused(field="card_number")
            if charge.state == "paid":
                return _shown(charge)
            paid = _charge(turn, charge, scenario=scenario, now=now)
        if scenario is DemoScenario.DECLINE:
            raise ProviderRefused(field="card_number")
        if scenario is DemoScenario.TIME_OUT:
            raise OutcomeUnknown
        return _shown(paid)

    def give_up(self, *, reference: str, now: datetime) -> DemoCharge:
        with self._books.turn() as turn:
            charge = turn.find(reference)
            if charge is None:
                raise ProviderRefused(field="reference")
            if charge.state in {"waiting", "declined"}:
                post(turn, charge, kind="charge.given_up", minor=charge.minor, now=now)
                charge = turn.change(reference, state="given_up", now=now)
        return _shown(charge)

    def due_notices(self, *, now: datetime, limit: int) -> Sequence[RawNotice]:
        with self._books.turn() as turn:
            bodies = turn.take_notices(now=now, limit=limit)
        return [signed(body, secret=self._secret(), at=now) for body in bodies]


def _charge(turn: Turn, charge: Charge, *, scenario: DemoScenario, now: datetime) -> Charge:
    if scenario is DemoScenario.DECLINE:
        post(turn, charge, kind="charge.declined", minor=charge.minor, now=now)
        return turn.change(charge.reference, state="declined", scenario=scenario, now=now)
    is_wrong = scenario is DemoScenario.WRONG_AMOUNT
    minor = max(1, charge.minor // WRONG_SHARE) if is_wrong else charge.minor
    if scenario is DemoScenario.REORDERED_NOTICES:
        post(turn, charge, kind="charge.authorized", minor=minor, now=now, rank=1)
    if scenario is not DemoScenario.TIME_OUT:
        post(
            turn,
            charge,
            kind="charge.paid",
            minor=minor,
            now=now,
            due_at=now + LATE if scenario is DemoScenario.LATE_NOTICE else now,
            deliveries=DUPLICATES if scenario is DemoScenario.DUPLICATE_NOTICE else 1,
        )
    return turn.change(charge.reference, state="paid", scenario=scenario, paid_minor=minor, now=now)


def _shown(charge: Charge) -> DemoCharge:
    return DemoCharge(
        reference=charge.reference,
        order_number=charge.order_number,
        amount=Money(charge.minor, charge.currency),
        state=charge.state,
        return_url=charge.return_url,
        cancel_url=charge.cancel_url,
    )
