"""Pure decisions about money: what counts, what adds up, what may be offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from tresen.domains.payments.types import (
    Claim,
    EventKind,
    Match,
    Method,
    MethodRow,
    PaymentRow,
    PaymentState,
    RefundState,
    Trouble,
)
from tresen.foundation.money import Money

REFERENCE_BASE_MAX = 21
ASK_FIRST = timedelta(seconds=60)
ASK_EVERY_MAX = timedelta(hours=1)
ASK_UNTIL = timedelta(days=3)

_MONEY_KINDS = frozenset({EventKind.AUTHORIZED, EventKind.CAPTURED, EventKind.REFUNDED})
_REFUND_KINDS = frozenset({EventKind.REFUND_REQUESTED, EventKind.REFUNDED, EventKind.REFUND_FAILED})
_RF_IN_TEXT = re.compile(r"RF\d\d[A-Z0-9]{1,21}")

METHODS = (
    MethodRow(
        code=Method.DEMO_CARD,
        label="Card (demo)",
        hint="A play card for trying out the shop. No money moves.",
        redirects=True,
    ),
    MethodRow(
        code=Method.STRIPE,
        label="Card and other online methods",
        hint="You pay on the secure page of our payment service Stripe.",
        redirects=True,
    ),
    MethodRow(
        code=Method.BANK_TRANSFER,
        label="Bank transfer",
        hint="You transfer the amount after ordering. We ship when it has arrived.",
        redirects=False,
    ),
    MethodRow(
        code=Method.PAY_IN_STORE,
        label="Pay in store",
        hint="You pay when you pick up the goods.",
        redirects=False,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event as far as sums are concerned; `minor` in the payment's currency."""

    kind: EventKind
    minor: int
    money_id: str
    refund_id: UUID | None
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """What a set of events amounts to. `troubles` counts what a person has to look at.

    `beyond` are the sums among them that do not fit, each with what is over, in minor units.
    """

    state: PaymentState
    authorized_minor: int
    captured_minor: int
    refunded_minor: int
    refunding_minor: int
    troubles: int
    beyond: dict[Trouble, int]
    refunds: dict[UUID, RefundState]


def mismatches(
    claim: Claim, *, payment: PaymentRow, merchant: str, is_counted: bool = False
) -> tuple[str, ...]:
    """In which respects a claim is not about this payment. Empty means: believe it (I-13).

    A capture has to be of the whole amount and name the provider's reference, unless staff
    counted the money for this payment (`is_counted`).
    """
    known = {payment.reference, payment.capture_reference} - {""}
    checks = {
        "merchant": claim.merchant == merchant,
        "reference": is_counted or bool(known & set(claim.references)),
        "payment": claim.payment_key in {"", str(payment.id)},
        "order": claim.order_number in {"", payment.order_number},
    }
    if claim.kind in _MONEY_KINDS:
        is_part = is_counted or claim.kind is EventKind.REFUNDED
        minor, whole = claim.amount.minor, payment.amount.minor
        checks["currency"] = claim.amount.currency == payment.amount.currency
        checks["amount"] = 0 < minor <= whole if is_part else minor == whole
    return tuple(name for name, fits in checks.items() if not fits)


def roll_up(happenings: Sequence[Happening], *, amount_minor: int) -> RollUp:
    """The state and the sums of a payment, from the set of its events: order plays no part.

    The same movement of money (`money_id`) counts once, whatever tells of it. What goes beyond
    the amount, or what comes back beyond what came in, does not count but is a trouble;
    so is money for a payment that was given up.
    """
    captured_all = _sum_of(happenings, EventKind.CAPTURED)
    captured = min(captured_all, amount_minor)
    states = _refund_states(happenings)
    minors = _refund_minors(happenings)
    refunded_all = sum(minors[r] for r, s in states.items() if s is RefundState.REFUNDED)
    refunded = min(refunded_all, captured)
    on_their_way = {RefundState.REQUESTED, RefundState.UNKNOWN}
    refunding_all = sum(minors[r] for r, s in states.items() if s in on_their_way)
    is_given_up = any(h.kind is EventKind.CANCELLED for h in happenings)
    over = {
        Trouble.PAID_BEYOND: captured_all - amount_minor,
        Trouble.PAID_AFTER_END: captured if is_given_up else 0,
        Trouble.REFUNDED_BEYOND: refunded_all + refunding_all - captured,
    }
    beyond = {kind: minor for kind, minor in over.items() if minor > 0}
    troubles = (
        sum(1 for h in happenings if h.kind is EventKind.QUARANTINED)
        + sum(1 for state in states.values() if state is RefundState.FAILED)
        + len(beyond)
    )
    return RollUp(
        state=_state_of(happenings, amount=amount_minor, captured=captured, refunded=refunded),
        authorized_minor=min(_sum_of(happenings, EventKind.AUTHORIZED), amount_minor),
        captured_minor=captured,
        refunded_minor=refunded,
        refunding_minor=min(refunding_all, captured - refunded),
        troubles=troubles,
        beyond=beyond,
        refunds=states,
    )


def ask_again_at(*, asked: int, since: datetime, now: datetime) -> datetime | None:
    """When to ask the provider next: after 1, 2, 4 … minutes, hourly at most, for three days."""
    if now - since > ASK_UNTIL:
        return None
    return now + min(ASK_FIRST * (1 << min(asked, 10)), ASK_EVERY_MAX)


def creditor_reference(order_number: str) -> str:
    """The ISO 11649 reference (RF, two check digits by ISO 7064 mod 97-10) of an order number."""
    base = re.sub(r"[^A-Z0-9]", "", order_number.upper())
    assert 0 < len(base) <= REFERENCE_BASE_MAX, "an order number of 1 to 21 letters and digits"
    return f"RF{mod_97_10.calc_check_digits(f'{base}RF')}{base}"


def references_in(text: str) -> tuple[str, ...]:
    """Every creditor reference with right check digits in what a payer wrote."""
    packed = re.sub(r"[^A-Z0-9]", "", text.upper())
    found: list[str] = []
    for start in (hit.start() for hit in re.finditer(r"(?=RF\d\d)", packed)):
        whole = _RF_IN_TEXT.match(packed, start)
        longest = len(whole.group()) if whole else 0
        for length in range(longest, 4, -1):
            candidate = packed[start : start + length]
            if iso11649.is_valid(candidate):
                found.append(candidate)
    return tuple(found)


def fit_of(amount: Money, *, payment: PaymentRow) -> Match:
    """How an incoming transfer fits what is still owed."""
    if amount.currency != payment.amount.currency:
        return Match.OTHER_CURRENCY
    if payment.owed.minor == 0:
        return Match.NOTHING_OWED
    if amount.minor == payment.owed.minor:
        return Match.EXACT
    return Match.SHORT if amount.minor < payment.owed.minor else Match.OVER


def offers(
    *, switched_on: Iterable[str], amount: Money, picked_up: bool, payee_iban: str
) -> tuple[MethodRow, ...]:
    """The ways to pay for one order, in the order they are shown.

    Pay in store needs a pick-up; a transfer needs an account and euros (SEPA); nothing is
    offered for nothing.
    """
    fits = {
        Method.PAY_IN_STORE: picked_up,
        Method.BANK_TRANSFER: bool(payee_iban) and amount.currency == "EUR",
    }
    on = set(switched_on) if amount.minor > 0 else set()
    return tuple(row for row in METHODS if row.code in on and fits.get(Method(row.code), True))


def _sum_of(happenings: Sequence[Happening], kind: EventKind) -> int:
    by_money: dict[str, int] = {}
    for happening in happenings:
        if happening.kind is kind:
            known = by_money.get(happening.money_id, 0)
            by_money[happening.money_id] = max(known, happening.minor)
    return sum(by_money.values())


def _refund_states(happenings: Sequence[Happening]) -> dict[UUID, RefundState]:
    """A refund that came back (failed) has not happened, even if it was told as done before."""
    kinds: dict[UUID, set[EventKind]] = {}
    for happening in happenings:
        if happening.refund_id is not None:
            kinds.setdefault(happening.refund_id, set()).add(happening.kind)
    ranks = (
        (EventKind.REFUND_FAILED, RefundState.FAILED),
        (EventKind.REFUNDED, RefundState.REFUNDED),
        (EventKind.UNKNOWN, RefundState.UNKNOWN),
    )
    return {
        refund_id: next((state for kind, state in ranks if kind in told), RefundState.REQUESTED)
        for refund_id, told in kinds.items()
    }


def _refund_minors(happenings: Sequence[Happening]) -> dict[UUID, int]:
    minors: dict[UUID, int] = {}
    for happening in happenings:
        if happening.refund_id is not None and happening.kind in _REFUND_KINDS:
            known = minors.get(happening.refund_id, 0)
            minors[happening.refund_id] = max(known, happening.minor)
    return minors


def _state_of(
    happenings: Sequence[Happening], *, amount: int, captured: int, refunded: int
) -> PaymentState:
    if captured:
        if refunded:
            whole = refunded == captured
            return PaymentState.REFUNDED if whole else PaymentState.PARTLY_REFUNDED
        whole = captured == amount
        return PaymentState.CAPTURED if whole else PaymentState.PARTLY_CAPTURED
    kinds = {h.kind for h in happenings if h.refund_id is None}
    ranks = (
        (EventKind.CANCELLED, PaymentState.CANCELLED),
        (EventKind.AUTHORIZED, PaymentState.AUTHORIZED),
        (EventKind.FAILED, PaymentState.FAILED),
    )
    for kind, state in ranks:
        if kind in kinds:
            return state
    return _asked_state(happenings)


def _asked_state(happenings: Sequence[Happening]) -> PaymentState:
    """Unknown lasts until a later request was answered; both are written by our own clock."""
    asked = [h.happened_at for h in happenings if h.kind is EventKind.REQUESTED]
    unclear = [
        h.happened_at for h in happenings if h.kind is EventKind.UNKNOWN and h.refund_id is None
    ]
    if unclear and (not asked or max(unclear) >= max(asked)):
        return PaymentState.UNKNOWN
    return PaymentState.REQUESTED if asked else PaymentState.OPEN
