"""What a person is told about how their orders were looked at (Art. 13–15 and 22 GDPR).

Kinds of data and how much they weighed roughly; never the thresholds or the exact figures, which
would only help whoever wants to slip through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tresen.domains.risk.queries.reviews import (
    find_assessment,
    find_review_of,
    list_assessments_of,
    reviews_of,
)
from tresen.domains.risk.types import Assessed, ReviewRow, ScoredReason, Signal

STRONG_FROM = 20
SOME_FROM = 10
KINDS: dict[Signal, str] = {
    Signal.ORDERS_OF_DEVICE: "how often was ordered from this browser",
    Signal.ORDERS_OF_PERSON: "how often was ordered with this e-mail address",
    Signal.PEOPLE_OF_DEVICE: "how many e-mail addresses were used from this browser",
    Signal.PEOPLE_AT_ADDRESS: "how often was ordered to this place",
    Signal.FAILURES_OF_DEVICE: "payments that did not go through",
    Signal.FAILURES_OF_PERSON: "payments that did not go through",
    Signal.DISPUTES: "payments that were called back",
    Signal.OTHER_COUNTRY: "the countries of invoice and delivery",
    Signal.PHONE_COUNTRY: "the country of the phone number",
    Signal.DISPOSABLE_MAIL: "the provider of the e-mail address",
    Signal.NEW_DEVICE: "whether this browser ordered before",
    Signal.LARGE_AMOUNT: "the amount of the order",
    Signal.RESALE_GOODS: "the kind of goods",
    Signal.MANY_OF_ONE: "the number of pieces",
    Signal.HURRY: "how quickly the order was made",
    Signal.NIGHT: "the time of day of the order",
    Signal.PAID_BEFORE: "earlier orders that were paid",
    Signal.CLEARED: "that a person looked at it before",
    Signal.NETWORK: "the kind of network, as a hint only",
}
"""English message ids; the faces translate them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReason:
    """A kind of data and its weight: strong, some, little, or in_favour."""

    kind: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How one order was looked at, for the person it is about. `state` is empty without a review.

    `decided_by_person`: a member of the staff decided; nothing is ever refused by the rules.
    """

    order_id: UUID
    assessed_at: datetime
    outcome: str
    state: str
    decided_by_person: bool
    reasons: tuple[ToldReason, ...]


def explain_order(order_id: UUID) -> Told | None:
    """None where nothing was looked at (any more)."""
    assessed = find_assessment(order_id)
    return _told(assessed, find_review_of(order_id)) if assessed else None


def explain_person(person_id: UUID) -> list[Told]:
    """All of theirs, for the copy of one's data and the page «My data»; newest first."""
    return _all_told(list_assessments_of(person_id))


def _all_told(assessed: Sequence[Assessed]) -> list[Told]:
    reviews = reviews_of([one.order_id for one in assessed])
    return [_told(one, reviews.get(one.order_id)) for one in assessed]


def _told(assessed: Assessed, review: ReviewRow | None) -> Told:
    reasons = {
        ToldReason(kind=KINDS[one.signal], weight=_weight(one)): None
        for one in assessed.scored.reasons
    }
    return Told(
        order_id=assessed.order_id,
        assessed_at=assessed.assessed_at,
        outcome=assessed.outcome.value,
        state=review.state.value if review else "",
        decided_by_person=bool(review and review.decided_by.startswith("staff:")),
        reasons=tuple(reasons),
    )


def _weight(reason: ScoredReason) -> str:
    if reason.points < 0:
        return "in_favour"
    if reason.is_hint or reason.points < SOME_FROM:
        return "little"
    return "strong" if reason.points >= STRONG_FROM else "some"
