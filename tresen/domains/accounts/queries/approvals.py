"""What waits for a second person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tresen.domains.accounts.models import Approval
from tresen.domains.accounts.types import ApprovalKind, ApprovalRow, ApprovalState
from tresen.foundation.vault.sealing import CannotOpen, prefetch, unseal

APPROVALS_MAX = 200
QUESTION = "accounts_approval.question"
Reach = dict[ApprovalKind, Collection[str] | None]
"""For each kind that somebody may decide on, the stores; None: all of them."""


def list_approvals(*, reach: Reach, now: datetime) -> list[ApprovalRow]:
    """What waits, the oldest first."""
    return _rows(_waiting(reach, now)[:APPROVALS_MAX])


def count_approvals(*, reach: Reach, now: datetime, but: UUID) -> int:
    """How many wait for anybody but the one who asked."""
    return _waiting(reach, now).exclude(asked_by=but)[:APPROVALS_MAX].count()


def find_approval(approval_id: UUID, *, reach: Reach) -> ApprovalRow | None:
    found = Approval.objects.filter(_within(reach), id=approval_id).first()
    return _row(found) if found else None


def find_allowed(
    *, kind: ApprovalKind, object_id: str, question: str, asked_by: UUID, now: datetime
) -> ApprovalRow | None:
    """What was allowed to this person, of exactly this question, and not carried out yet."""
    found = Approval.objects.filter(
        kind=kind,
        object_id=object_id,
        asked_by=asked_by,
        state=ApprovalState.APPROVED,
        used_at=None,
        until__gt=now,
    ).order_by("id")
    return next((row for row in _rows(found) if row.question == question), None)


def _waiting(reach: Reach, now: datetime) -> QuerySet[Approval]:
    waiting = Approval.objects.filter(_within(reach), state=ApprovalState.WAITING, until__gt=now)
    return waiting.order_by("asked_at", "id")


def _within(reach: Reach) -> Q:
    found = Q(pk__in=[])
    for kind, stores in reach.items():
        found |= Q(kind=kind) if stores is None else Q(kind=kind, store_code__in=list(stores))
    return found


def _rows(found: Iterable[Approval]) -> list[ApprovalRow]:
    """The keys of all questions in one statement."""
    approvals = list(found)
    prefetch(one.question for one in approvals)
    return [_row(one) for one in approvals]


def _row(one: Approval) -> ApprovalRow:
    return ApprovalRow(
        id=one.id,
        kind=ApprovalKind(one.kind),
        object_id=one.object_id,
        payment_id=one.payment_id,
        store_code=one.store_code,
        amount_minor=one.amount_minor,
        currency=one.currency,
        question=_question_of(one),
        reason=one.reason,
        state=ApprovalState(one.state),
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        until=one.until,
        decided_by=one.decided_by,
        used_at=one.used_at,
    )


def _question_of(one: Approval) -> str:
    """Nobody is allowed a question that can no longer be read."""
    if one.question is None:
        return ""
    try:
        return unseal(bytes(one.question), place=QUESTION, row=one.id).decode()
    except CannotOpen:
        return "?"
