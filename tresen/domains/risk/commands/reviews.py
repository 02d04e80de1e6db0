"""A person decides; the customer may ask for one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tresen.domains.risk.models import Appeal, Review
from tresen.domains.risk.queries.reviews import get_review
from tresen.domains.risk.queries.signals import keys_of
from tresen.domains.risk.types import HOLDING, Reason, ReviewRow, ReviewState
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal

ANSWER_WITHIN = timedelta(days=7)
WORDS_MAX = 2_000
_MAY_BECOME = {
    ReviewState.PAYMENT_ASKED: (ReviewState.WAITING,),
    ReviewState.RELEASED: (ReviewState.WAITING, ReviewState.PAYMENT_ASKED, ReviewState.ASKED),
    ReviewState.REFUSED: (ReviewState.WAITING, ReviewState.PAYMENT_ASKED),
    ReviewState.UPHELD: (ReviewState.ASKED,),
}


class AlreadyDecided(Refusal):
    """Somebody was faster, or the order ended."""

    code = "already_decided"
    status = 409
    message = "This was decided meanwhile. Please look at it again."


def lock_review(*, review_id: UUID) -> ReviewRow:
    """The review, held for the caller's transaction. Raises NoSuchReview."""
    Review.objects.select_for_update().filter(id=review_id).first()
    return get_review(review_id)


def decide(
    *, review_id: UUID, state: ReviewState, reason: Reason, now: datetime, actor: Actor
) -> ReviewRow:
    """Write the decision down, once. Raises NoSuchReview, AlreadyDecided."""
    assert state is not ReviewState.REFUSED or actor.kind == "staff", "only people refuse"
    review = lock_review(review_id=review_id)
    if review.state not in _MAY_BECOME[state]:
        raise AlreadyDecided(field="review")
    Review.objects.filter(id=review_id).update(
        state=state, decided_at=now, decided_by=str(actor), reason=reason
    )
    return review


def ask_person(
    *,
    order_id: UUID | None,
    cart_id: UUID | None,
    gross: Money,
    score: int,
    words: str,
    person_id: UUID,
    now: datetime,
) -> UUID:
    """«Ask a person»: a case in the queue, with the customer's words. Asking twice adds nothing.

    An order that waits anyway keeps its own clock; goods are not held because of a question.
    """
    review = _review_of(order_id, cart_id, gross=gross, score=score, now=now)
    if not Appeal.objects.filter(review=review, answered_at__isnull=True).exists():
        appeal_id = new_id()
        Appeal.objects.create(
            id=appeal_id,
            review=review,
            person_id=person_id,
            words=seal(
                words[:WORDS_MAX].encode(),
                key=keys_for(person_id, KeyClass.REQUEST)[KeyClass.REQUEST],
                place="risk_appeal.words",
                row=appeal_id,
            ),
            asked_at=now,
            due_at=now + ANSWER_WITHIN,
        )
    return review.id


def close_appeals(*, review_id: UUID, now: datetime, actor: Actor) -> int:
    """The customer has an answer; says how many questions it answers."""
    waiting = Appeal.objects.filter(review_id=review_id, answered_at__isnull=True)
    return waiting.update(answered_at=now, answered_by=str(actor))


def clear_person(*, email: str, now: datetime) -> None:
    """A person vouches: for a week the rules say nothing against this e-mail address."""
    keys = keys_of(email=email).people
    sql.run(
        "INSERT INTO risk_event (kind, person_key, happened_at) VALUES ('cleared', %s, %s)",
        (keys[0], now),
    )


def _review_of(
    order_id: UUID | None, cart_id: UUID | None, *, gross: Money, score: int, now: datetime
) -> Review:
    known = (
        Review.objects.select_for_update()
        .filter(**({"order_id": order_id} if order_id else {"cart_id": cart_id}))
        .first()
    )
    if known is None:
        return Review.objects.create(
            id=new_id(),
            order_id=order_id,
            cart_id=None if order_id else cart_id,
            state=ReviewState.ASKED,
            score=score,
            hint=0,
            gross_minor=gross.minor,
            currency=gross.currency,
            opened_at=now,
            due_at=now + ANSWER_WITHIN,
        )
    if known.state not in HOLDING and known.due_at < now:
        known.due_at = now + ANSWER_WITHIN
        known.save(update_fields=["due_at"])
    return known
