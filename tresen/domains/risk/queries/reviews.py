"""Assessments, reviews and objections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tresen.domains.risk.models import Appeal, Assessment, Review, Sighting
from tresen.domains.risk.types import (
    HOLDING,
    OPEN,
    AppealRow,
    Assessed,
    Facts,
    History,
    Outcome,
    ReviewRow,
    ReviewState,
    Scored,
    ScoredReason,
    Signal,
)
from tresen.domains.risk.types import Sighting as Seen
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import Shredded, unseal

REVIEWS_MAX = 200
HELD_MAX = 200
PREVIEW_MAX = 500
COUNT_MAX = 10_000


_APPEALED = Exists(Appeal.objects.filter(review_id=OuterRef("id"), answered_at__isnull=True))


class NoSuchReview(Refusal):
    """There is no such review."""

    code = "no_such_review"
    status = 404
    message = "There is no such review."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """What a list is narrowed to; empty means all."""

    state: str = ""
    is_open: bool = False
    with_appeal: bool = False
    overdue_at: datetime | None = None
    order_id: UUID | None = None


def find_assessment(order_id: UUID) -> Assessed | None:
    """What was said about an order, or None where nobody looked yet."""
    row = Assessment.objects.filter(order_id=order_id).first()
    return _assessed(row) if row else None


def assessments_of(order_ids: Collection[UUID]) -> dict[UUID, Assessed]:
    """What was said about many orders."""
    found = Assessment.objects.filter(order_id__in=list(order_ids))
    return {row.order_id: _assessed(row) for row in found}


def assessed_ids(order_ids: Collection[UUID]) -> set[UUID]:
    """Those that somebody looked at already."""
    found = Assessment.objects.filter(order_id__in=list(order_ids))
    return set(found.values_list("order_id", flat=True))


def list_last_assessments(*, limit: int = PREVIEW_MAX) -> list[Assessed]:
    """The newest, for trying other thresholds."""
    found = Assessment.objects.order_by("-assessed_at", "-id")[: min(limit, PREVIEW_MAX)]
    return [_assessed(row) for row in found]


def list_assessments_of(person_id: UUID, *, limit: int = PREVIEW_MAX) -> list[Assessed]:
    """Of one person, newest first."""
    found = Assessment.objects.filter(person_id=person_id).order_by("-assessed_at")
    return [_assessed(row) for row in found[:limit]]


def sightings_of(cart_ids: Collection[UUID]) -> dict[UUID, Seen]:
    """What the payment step saw, by cart."""
    return {
        row.cart_id: Seen(
            cart_id=row.cart_id,
            device_key=bytes(row.device_key) if row.device_key else None,
            network=row.network,
            outcome=Outcome(row.outcome),
        )
        for row in Sighting.objects.filter(cart_id__in=list(cart_ids))
    }


def get_review(review_id: UUID) -> ReviewRow:
    """Raises NoSuchReview."""
    row = _with_appeals().filter(id=review_id).first()
    if row is None:
        raise NoSuchReview(field="review")
    return _review(row)


def find_review_of(order_id: UUID) -> ReviewRow | None:
    """The review of an order, open or decided."""
    row = _with_appeals().filter(order_id=order_id).first()
    return _review(row) if row else None


def find_review_of_cart(cart_id: UUID) -> ReviewRow | None:
    """The question that was asked about a cart."""
    row = _with_appeals().filter(cart_id=cart_id).first()
    return _review(row) if row else None


def reviews_of(order_ids: Collection[UUID]) -> dict[UUID, ReviewRow]:
    """The reviews of many orders."""
    found = [_review(row) for row in _with_appeals().filter(order_id__in=list(order_ids))]
    return {row.order_id: row for row in found if row.order_id}


def list_reviews(
    *, narrow: ReviewFilter, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[ReviewRow]:
    """Open ones by their clock, the most pressing first; else the newest first."""
    found = _narrowed(narrow)
    if narrow.is_open:
        if before:
            found = found.filter(Q(due_at__gt=before[0]) | Q(due_at=before[0], id__gt=before[1]))
        found = found.order_by("due_at", "id")
    else:
        if before:
            found = found.filter(
                Q(opened_at__lt=before[0]) | Q(opened_at=before[0], id__lt=before[1])
            )
        found = found.order_by("-opened_at", "-id")
    return [_review(row) for row in found[: min(limit, REVIEWS_MAX)]]


def count_reviews(*, narrow: ReviewFilter) -> int:
    """Counted up to COUNT_MAX."""
    return _narrowed(narrow)[:COUNT_MAX].count()


def held_ids(*, limit: int = HELD_MAX) -> tuple[UUID, ...]:
    """Orders whose goods stay here; the longest waiting first."""
    found = Review.objects.filter(state__in=HOLDING).order_by("due_at")[:limit]
    return tuple(row.order_id for row in found if row.order_id)


def is_held(order_id: UUID) -> bool:
    return Review.objects.filter(order_id=order_id, state__in=HOLDING).exists()


def list_appeals_of(review_id: UUID) -> list[AppealRow]:
    """Newest first, with the customer's words: reading them is reading personal data."""
    found = Appeal.objects.filter(review_id=review_id).order_by("-asked_at")[:REVIEWS_MAX]
    return [
        AppealRow(
            id=row.id,
            words=_opened(row),
            asked_at=row.asked_at,
            due_at=row.due_at,
            answered_at=row.answered_at,
            answered_by=row.answered_by,
        )
        for row in found
    ]


def _opened(row: Appeal) -> str:
    """The words, or nothing where their person was erased."""
    try:
        return unseal(bytes(row.words), place="risk_appeal.words", row=row.id).decode()
    except Shredded:
        return ""


def _with_appeals() -> QuerySet[Review]:
    return Review.objects.annotate(has_appeal=_APPEALED)


def _narrowed(narrow: ReviewFilter) -> QuerySet[Review]:
    found = _with_appeals()
    if narrow.state:
        found = found.filter(state=narrow.state)
    if narrow.is_open:
        found = found.filter(Q(state__in=OPEN) | Q(_APPEALED))
    if narrow.with_appeal:
        found = found.filter(_APPEALED)
    if narrow.overdue_at is not None:
        found = found.filter(due_at__lt=narrow.overdue_at, state__in=OPEN)
    return found.filter(order_id=narrow.order_id) if narrow.order_id else found


def _review(row: Review) -> ReviewRow:
    return ReviewRow(
        id=row.id,
        order_id=row.order_id,
        cart_id=row.cart_id,
        state=ReviewState(row.state),
        score=row.score,
        hint=row.hint,
        gross=Money(row.gross_minor, row.currency),
        opened_at=row.opened_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        has_appeal=bool(getattr(row, "has_appeal", False)),
    )


def _assessed(row: Assessment) -> Assessed:
    facts = dict(row.facts)
    facts["categories"] = tuple(facts.get("categories", ()))
    return Assessed(
        order_id=row.order_id,
        person_id=row.person_id,
        ruleset=row.ruleset,
        facts=Facts(**facts),
        history=History(**row.history),
        scored=Scored(score=row.score, reasons=_reasons(row.reasons), hint=row.hint),
        outcome=Outcome(row.outcome),
        held=row.outcome == Outcome.REVIEW,
        assessed_at=row.assessed_at,
        method=row.method,
    )


def _reasons(rows: Sequence[dict[str, object]]) -> tuple[ScoredReason, ...]:
    return tuple(
        ScoredReason(
            signal=Signal(str(row["signal"])),
            value=int(str(row["value"])),
            points=int(str(row["points"])),
            is_hint=bool(row.get("is_hint")),
            detail=str(row.get("detail", "")),
        )
        for row in rows
    )
