"""The demo card behind our port."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from tresen.adapters.payments.demo.books import Charge, DemoBooks, Turn
from tresen.adapters.payments.demo.messages import (
    MERCHANT,
    charge_claim,
    post,
    read,
    refund_claim,
    verify,
)
from tresen.domains.payments.ports import (
    DemoScenario,
    Notice,
    OutcomeUnknown,
    PaymentRequest,
    ProviderRefused,
    ProviderState,
    Started,
    TransferInstructions,
)
from tresen.domains.payments.types import EventKind
from tresen.foundation.money import Money

Clock = Callable[[], datetime]

_KINDS = {
    "paid": EventKind.CAPTURED,
    "declined": EventKind.FAILED,
    "given_up": EventKind.CANCELLED,
}


class DemoCard:
    """Charges at once; the card number that the customer types at the desk chooses what happens.

    `page` is the path of the payment page with places for {locale} and {reference}; `clock` is
    the provider's own; `secret` proves who sent a message.
    """

    merchant = MERCHANT
    redirects = True
    answers = True

    def __init__(
        self, *, books: DemoBooks, secret: Callable[[], bytes], page: str, clock: Clock
    ) -> None:
        self._books, self._secret, self._page, self._clock = books, secret, page, clock

    def start(self, *, request: PaymentRequest) -> Started:
        with self._books.turn() as turn:
            charge = turn.find_by_key(str(request.key)) or turn.open(
                reference=f"demo_{secrets.token_hex(12)}",
                key=str(request.key),
                order_number=request.order_number,
                minor=request.amount.minor,
                currency=request.amount.currency,
                return_url=request.return_url,
                cancel_url=request.cancel_url,
                now=self._clock(),
            )
        if Money(charge.minor, charge.currency) != request.amount:
            raise ProviderRefused(field="amount")
        page = self._page.format(locale=request.locale, reference=charge.reference)
        return Started(reference=charge.reference, redirect_url=page)

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:  # noqa: ARG002
        return None

    def fetch(self, *, key: UUID, reference: str) -> ProviderState:  # noqa: ARG002
        with self._books.turn() as turn:
            return _state(turn, reference)

    def capture(self, *, key: UUID, reference: str, amount: Money) -> ProviderState:  # noqa: ARG002
        """Demo cards are charged at once; capturing tells the same again."""
        with self._books.turn() as turn:
            return _state(turn, reference)

    def cancel(self, *, key: UUID, reference: str) -> ProviderState:  # noqa: ARG002
        with self._books.turn() as turn:
            charge = turn.find(reference)
            if charge is not None and charge.state != "paid":
                turn.change(reference, state="given_up", now=self._clock())
            return _state(turn, reference)

    def refund(
        self,
        *,
        refund_key: UUID,
        key: UUID,  # noqa: ARG002
        reference: str,
        amount: Money,
    ) -> ProviderState:
        with self._books.turn() as turn:
            charge = turn.find(reference)
            if charge is None:
                raise ProviderRefused(field="reference")
            is_new = str(refund_key) not in {r.key for r in turn.refunds_of(reference)}
            if is_new:
                _book(turn, charge, refund_key=refund_key, amount=amount, now=self._clock())
            state = _state(turn, reference)
        if is_new and charge.scenario == DemoScenario.REFUND_TIMES_OUT:
            raise OutcomeUnknown
        return state

    def verify_notice(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        verify(headers, body, secret=self._secret(), now=now)
        return read(body.decode())

    def read_notice(self, *, body: str) -> Notice:
        return read(body)


def _book(turn: Turn, charge: Charge, *, refund_key: UUID, amount: Money, now: datetime) -> None:
    given = sum(r.minor for r in turn.refunds_of(charge.reference) if r.state == "done")
    fits = charge.state == "paid" and amount.currency == charge.currency
    if not fits or not 0 < amount.minor <= charge.paid_minor - given:
        raise ProviderRefused(field="amount")
    is_done = charge.scenario != DemoScenario.REFUND_FAILS
    reference = f"refund_{secrets.token_hex(12)}"
    turn.book_refund(
        reference=reference,
        key=str(refund_key),
        charge=charge.reference,
        minor=amount.minor,
        state="done" if is_done else "failed",
        now=now,
    )
    post(
        turn,
        charge,
        kind="refund.done" if is_done else "refund.failed",
        minor=amount.minor,
        now=now,
        refund={"reference": reference, "key": str(refund_key)},
    )


def _state(turn: Turn, reference: str) -> ProviderState:
    charge = turn.find(reference)
    if charge is None:
        return ProviderState(claims=(), is_final=True)
    refunds = [refund_claim(charge, refund) for refund in turn.refunds_of(reference)]
    kind = _KINDS.get(charge.state)
    own = [charge_claim(charge, kind)] if kind else []
    return ProviderState(claims=(*own, *refunds), is_final=charge.state in {"paid", "given_up"})
