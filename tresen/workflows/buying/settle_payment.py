"""What a provider, or the staff, says about money becomes part of the books and of the order."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.queries import get_order, persons_of
from tresen.domains.orders.types import OrderState
from tresen.domains.orders.types import PaymentState as OrderPayment
from tresen.domains.payments.commands import (
    AlreadyPaid,
    ask_refund,
    clear_notice,
    give_notice,
    hold_notice,
    note_failure,
    note_outcome,
    record_claim,
    store_notice,
)
from tresen.domains.payments.ports import BadNotice, providers
from tresen.domains.payments.queries import (
    get_payment,
    knows_event,
    list_payments_of,
    list_waiting_notices,
)
from tresen.domains.payments.types import (
    Claim,
    EventKind,
    PaymentRow,
    PaymentState,
    Recorded,
    RefundReason,
)
from tresen.domains.privacy.queries import find_person
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.money import Money, exponent_of
from tresen.foundation.refusals import Refusal

logger = logging.getLogger(__name__)

WAIT_MAX = timedelta(hours=24)
"""How long a message may be ahead of what it is about."""
NOTICES_MAX = 100


class AmountTooHigh(Refusal):
    """More than is owed."""

    code = "amount_too_high"
    message = "Only %(owed)s %(currency)s are still owed."


class NotByHand(Refusal):
    """The provider itself says when this payment is made."""

    code = "not_by_hand"
    status = 409
    message = "The payment service confirms this payment itself. It cannot be marked by hand."


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that was stored; a replay finds the first one (`is_new` is false)."""

    notice_id: UUID
    is_new: bool


def receive_notice(
    *, provider: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Received:
    """Check who sent it and keep it, nothing else. Raises BadNotice, NotOnShelf."""
    notice = providers.take(provider).verify_notice(headers=headers, body=body, now=now)
    notice_id, is_new = store_notice(
        provider=provider,
        event_id=notice.event_id,
        kind=notice.kind,
        body=body.decode(),
        now=now,
    )
    return Received(notice_id=notice_id, is_new=is_new)


@transaction.atomic
def settle_notice(*, notice_id: UUID, now: datetime) -> str:
    """Let a stored message have its effect, once. Returns what came of it.

    `waiting` means that it is about something we do not know yet; it is tried again until
    WAIT_MAX, and is `unmatched` after that.
    """
    held = hold_notice(notice_id=notice_id)
    if held is None:
        return "settled"
    provider = held.row.provider
    try:
        claims = providers.take(provider).read_notice(body=held.body).claims
    except BadNotice:
        note_outcome(notice_id=notice_id, outcome="unreadable", settled_at=now)
        return "unreadable"
    outcome, order_ids = _recorded(method=provider, claims=claims, now=now)
    may_wait = outcome == Recorded.WAITING and now - held.row.received_at < WAIT_MAX
    if outcome == Recorded.WAITING and not may_wait:
        outcome = "unmatched"
    if not may_wait:
        _give_to_person(notice_id, order_ids)
    note_outcome(notice_id=notice_id, outcome=outcome, settled_at=None if may_wait else now)
    return outcome


def _give_to_person(notice_id: UUID, order_ids: Iterable[UUID]) -> None:
    """What is about nobody we know stays with the key of its year."""
    persons = {person for order_id in order_ids for person in persons_of(order_id)}
    if len(persons) != 1:
        return
    person = find_person(persons.pop())
    if person is not None and person.erased_at is None:
        give_notice(notice_id=notice_id, person_id=person.id)
    elif person is not None:
        clear_notice(notice_id=notice_id)


def settle_or_keep(*, notice_id: UUID, now: datetime) -> str:
    """Settle, and let nothing that goes wrong with one message hold up another: it is kept."""
    try:
        return settle_notice(notice_id=notice_id, now=now)
    except Exception:
        logger.exception("A stored notice could not be settled yet")
        note_failure(notice_id=notice_id, now=now, keep_for=WAIT_MAX)
        return "failed"


def settle_waiting(*, now: datetime, limit: int = NOTICES_MAX) -> int:
    """Messages that were stored but not settled: after a crash, or ahead of their time."""
    waiting = list_waiting_notices(limit=limit)
    for notice in waiting:
        settle_or_keep(notice_id=notice.id, now=now)
    return len(waiting)


@transaction.atomic
def mark_paid(*, payment_id: UUID, amount: Money, key: str, now: datetime, actor: Actor) -> None:
    """Staff has seen the money (account statement, till); a part will do. The key counts once.

    Raises NoSuchPayment, NotByHand, AlreadyPaid, AmountTooHigh.
    """
    payment = get_payment(payment_id)
    provider = providers.take(payment.method)
    event_id = f"counted:{payment_id}:{key}"
    if provider.answers:
        raise NotByHand(field="payment")
    if knows_event(provider=payment.method, event_id=event_id):
        return
    _check_owed(payment, amount)
    claim = Claim(
        kind=EventKind.CAPTURED,
        event_id=event_id,
        references=(),
        merchant=provider.merchant,
        amount=amount,
        happened_at=now,
        money_id=event_id,
    )
    record_claim(
        method=payment.method,
        merchant=provider.merchant,
        claim=claim,
        now=now,
        actor=actor,
        counted_for=payment_id,
    )
    deed = Deed(
        action="payment.mark_paid",
        actor=actor,
        object_kind="order",
        object_id=str(payment.order_id),
        persons=persons_of(payment.order_id),
        before={"captured": payment.captured_minor},
        after={"captured": payment.captured_minor + amount.minor},
    )
    record(deed, now=now)
    tell_order(order_id=payment.order_id, now=now, actor=actor)


@transaction.atomic
def record_claims(
    *, method: str, claims: Iterable[Claim], now: datetime, actor: Actor = SYSTEM
) -> str:
    """Record what was claimed, tell the orders, and return the outcome that weighs most."""
    return _recorded(method=method, claims=claims, now=now, actor=actor)[0]


def _recorded(
    *, method: str, claims: Iterable[Claim], now: datetime, actor: Actor = SYSTEM
) -> tuple[str, set[UUID]]:
    """The outcome, and the orders that the claims are about as far as they are known."""
    merchant = providers.take(method).merchant
    found: set[str] = set()
    orders: set[UUID] = set()
    for claim in claims:
        outcome = record_claim(method=method, merchant=merchant, claim=claim, now=now, actor=actor)
        found.add(outcome.recorded)
        if outcome.order_id is not None:
            orders.add(outcome.order_id)
        if outcome.recorded is Recorded.APPLIED and outcome.order_id is not None:
            tell_order(order_id=outcome.order_id, now=now, actor=actor)
    weights = (Recorded.WAITING, Recorded.QUARANTINED, Recorded.APPLIED, Recorded.DUPLICATE)
    return next((str(weight) for weight in weights if weight in found), "ignored"), orders


def tell_order(*, order_id: UUID, now: datetime, actor: Actor) -> None:
    """The order shows the roll-up of its payments; money for a cancelled order goes back."""
    payments = list_payments_of(order_id)
    note_payment(order_id=order_id, state=state_for_order(payments), now=now, actor=actor)
    if get_order(order_id).state is not OrderState.CANCELLED:
        return
    for payment in payments:
        if payment.refundable.minor > 0:
            ask_refund(
                payment_id=payment.id,
                amount=payment.refundable,
                reason=RefundReason.CANCELLATION,
                key=f"late:{payment.id}:{payment.captured_minor}",
                now=now,
                actor=actor,
            )


def state_for_order(payments: list[PaymentRow]) -> OrderPayment:
    """One word for all payments of an order. A part of the money is not yet «paid»."""
    captured = sum(payment.captured_minor for payment in payments)
    refunded = sum(payment.refunded_minor for payment in payments)
    if refunded:
        return OrderPayment.REFUNDED if refunded == captured else OrderPayment.PARTLY_REFUNDED
    if any(payment.is_paid for payment in payments):
        return OrderPayment.PAID
    states = {payment.state for payment in payments}
    if PaymentState.AUTHORIZED in states:
        return OrderPayment.AUTHORIZED
    is_dead = states and states <= {PaymentState.FAILED, PaymentState.CANCELLED}
    return OrderPayment.FAILED if is_dead else OrderPayment.OPEN


def _check_owed(payment: PaymentRow, amount: Money) -> None:
    owed = payment.owed
    if owed.minor == 0:
        raise AlreadyPaid(field="amount")
    if amount.currency != owed.currency or not 0 < amount.minor <= owed.minor:
        text = f"{owed.amount:.{exponent_of(owed.currency)}f}"
        raise AmountTooHigh(field="amount", params={"owed": text, "currency": owed.currency})
