"""A person decides about an order that waits: let it go, ask for a safer payment, or refuse it.

Each decision is one transaction with its audit, its line in the order's story and its letter;
money goes back the way it came. Only people refuse.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.commands import tell
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow
from tresen.domains.payments.commands import ask_refund, open_payment
from tresen.domains.payments.queries import list_payments_of
from tresen.domains.payments.types import Method, RefundReason
from tresen.domains.risk.commands import AlreadyDecided, clear_person, close_appeals, decide
from tresen.domains.risk.queries import find_review_of, get_review
from tresen.domains.risk.rules import PREPAID
from tresen.domains.risk.types import OPEN, Reason, ReviewRow, ReviewState
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.buying.cancel_order import take_back_order
from tresen.workflows.buying.give_up_payment import give_up_payments
from tresen.workflows.buying.settle_payment import tell_order
from tresen.workflows.caring.order_letters import money_words, order_letter
from tresen.workflows.weighing.ask_person import answer_letter

RISK = "risk"


@transaction.atomic
def release_order(*, review_id: UUID, reason: Reason, now: datetime, actor: Actor) -> None:
    """The goods may leave. Raises NoSuchReview, AlreadyDecided."""
    review = _decide(review_id, ReviewState.RELEASED, reason, now=now, actor=actor)
    if review.has_appeal:
        _answer(review, in_favour=True, now=now, actor=actor)


@transaction.atomic
def refuse_order(*, review_id: UUID, reason: Reason, now: datetime, actor: Actor) -> None:
    """The order is taken back, what was paid goes back, and the customer is told why and how to
    object. Raises NoSuchReview, AlreadyDecided, NotCancellable; nothing is changed then."""
    assert actor.kind == "staff", "only people refuse"
    review = _decide(review_id, ReviewState.REFUSED, reason, now=now, actor=actor)
    assert review.order_id is not None
    close_appeals(review_id=review_id, now=now, actor=actor)
    take_back_order(order_id=review.order_id, reason=RISK, now=now, actor=actor)


def ask_safer_payment(*, review_id: UUID, reason: Reason, now: datetime, actor: Actor) -> None:
    """Bank transfer in advance instead of what was chosen; what was paid goes back first.

    Open payments are closed at their providers before, outside any transaction.
    Raises NoSuchReview, AlreadyDecided.
    """
    review = get_review(review_id)
    if review.state is not ReviewState.WAITING or review.order_id is None:
        raise AlreadyDecided(field="review")
    give_up_payments(order_id=review.order_id, now=now, actor=actor)
    with transaction.atomic():
        _decide(review_id, ReviewState.PAYMENT_ASKED, reason, now=now, actor=actor)
        order = get_order(review.order_id)
        _swap_payment(order, now=now, actor=actor)
        letter = order_letter(
            order,
            kind=LetterKind.SAFER_PAYMENT,
            key=f"safer-payment:{review_id}",
            more={"gross": money_words(order.gross)},
        )
        queue_letters(letters=[letter], now=now)


@transaction.atomic
def answer_appeal(
    *, review_id: UUID, in_favour: bool, reason: Reason, now: datetime, actor: Actor
) -> None:
    """A person answers who asked for one. In their favour, the rules say nothing against them for
    a week. Raises NoSuchReview, AlreadyDecided."""
    review = get_review(review_id)
    if not review.has_appeal:
        raise AlreadyDecided(field="review")
    if review.state is ReviewState.ASKED:
        state = ReviewState.RELEASED if in_favour else ReviewState.UPHELD
        review = _decide(review_id, state, reason, now=now, actor=actor)
    else:
        _record(review, f"answered_{'for' if in_favour else 'against'}", now=now, actor=actor)
    _answer(review, in_favour=in_favour, now=now, actor=actor)


@transaction.atomic
def release_when_paid(*, order_id: UUID, method: str, now: datetime) -> None:
    """The safer payment that was asked for has come."""
    review = find_review_of(order_id)
    if review and review.state is ReviewState.PAYMENT_ASKED and method in PREPAID:
        _decide(review.id, ReviewState.RELEASED, Reason.STRONGER_CAME, now=now, actor=SYSTEM)


@transaction.atomic
def end_review(*, order_id: UUID, now: datetime) -> None:
    """The order ended by itself: nobody needs to decide any more."""
    review = find_review_of(order_id)
    if review and review.state in OPEN:
        decide(
            review_id=review.id,
            state=ReviewState.RELEASED,
            reason=Reason.ORDER_ENDED,
            now=now,
            actor=SYSTEM,
        )


def _decide(
    review_id: UUID, state: ReviewState, reason: Reason, *, now: datetime, actor: Actor
) -> ReviewRow:
    review = decide(review_id=review_id, state=state, reason=reason, now=now, actor=actor)
    if review.order_id is not None:
        tell(
            order_id=review.order_id,
            kind=f"risk_{state.value}",
            now=now,
            actor=actor,
            body={"reason": reason.value},
        )
    _record(review, state.value, now=now, actor=actor, reason=reason.value)
    return review


def _record(
    review: ReviewRow, verdict: str, *, now: datetime, actor: Actor, reason: str = ""
) -> None:
    deed = Deed(
        action="risk_review.decide",
        actor=actor,
        object_kind="order" if review.order_id else "cart",
        object_id=str(review.order_id or review.cart_id),
        before={"state": review.state.value},
        after={"state": verdict, "reason": reason},
    )
    record(deed, now=now)


def _answer(review: ReviewRow, *, in_favour: bool, now: datetime, actor: Actor) -> None:
    letter, email = answer_letter(review, in_favour=in_favour, now=now)
    if in_favour and email:
        clear_person(email=email, now=now)
    close_appeals(review_id=review.id, now=now, actor=actor)
    if letter is not None:
        queue_letters(letters=[letter], now=now)


def _swap_payment(order: OrderRow, *, now: datetime, actor: Actor) -> None:
    for payment in list_payments_of(order.id):
        if payment.refundable.minor > 0:
            ask_refund(
                payment_id=payment.id,
                amount=payment.refundable,
                reason=RefundReason.CANCELLATION,
                key=f"safer:{payment.id}",
                now=now,
                actor=actor,
            )
    open_payment(
        order_id=order.id,
        method=Method.BANK_TRANSFER,
        amount=order.gross,
        order_number=order.number,
        now=now,
    )
    tell_order(order_id=order.id, now=now, actor=actor)
