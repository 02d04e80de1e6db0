"""Four eyes: asking, deciding, carrying out once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tresen.domains.accounts.models import Approval
from tresen.domains.accounts.queries.approvals import QUESTION
from tresen.domains.accounts.types import ApprovalKind, ApprovalState
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal

APPROVAL_DAYS = 3
USE_HOURS = 24
"""How long an allowed list may be taken out."""


class NoSuchApproval(Refusal):
    """Decided, over, or never asked for."""

    code = "no_such_approval"
    status = 404
    message = "This does not wait any more: it was decided, or its time is over."


class OwnApproval(Refusal):
    """Two eyes are not four."""

    code = "own_approval"
    status = 409
    message = "You have asked for this yourself. Somebody else has to decide."


class ApprovalWaits(Refusal):
    """Asking twice makes it no faster."""

    code = "approval_waits"
    status = 409
    message = "You have asked for this already; it waits for a second person."


@transaction.atomic
def ask_approval(
    *,
    kind: ApprovalKind,
    object_id: str,
    reason: str,
    asked_by: UUID,
    now: datetime,
    store_code: str = "",
    payment_id: UUID | None = None,
    amount_minor: int | None = None,
    currency: str = "",
    question: str = "",
) -> UUID:
    """A wish that waits; `question` narrows a list. Raises ApprovalWaits."""
    made_id = new_id()
    wishes = Approval.objects.filter(kind=kind, object_id=object_id, asked_by=asked_by)
    waiting = wishes.filter(state=ApprovalState.WAITING)
    waiting.filter(until__lte=now).delete()
    made, is_new = waiting.get_or_create(
        defaults={
            "id": made_id,
            "kind": kind,
            "object_id": object_id,
            "asked_by": asked_by,
            "state": ApprovalState.WAITING,
            "payment_id": payment_id,
            "store_code": store_code,
            "amount_minor": amount_minor,
            "currency": currency,
            "reason": reason,
            "question": _sealed(question, row=made_id, asked_by=asked_by),
            "asked_at": now,
            "until": now + timedelta(days=APPROVAL_DAYS),
        }
    )
    if not is_new:
        raise ApprovalWaits
    return made.id


@transaction.atomic
def decide(*, approval_id: UUID, approved: bool, decided_by: UUID, now: datetime) -> None:
    """Once, by somebody else, in time. Raises OwnApproval, NoSuchApproval."""
    waiting = Approval.objects.filter(id=approval_id, state=ApprovalState.WAITING, until__gt=now)
    if waiting.filter(asked_by=decided_by).exists():
        raise OwnApproval
    state = ApprovalState.APPROVED if approved else ApprovalState.DECLINED
    until = {"until": now + timedelta(hours=USE_HOURS)} if approved else {}
    if not waiting.filter(~Q(asked_by=decided_by)).update(
        state=state, decided_by=decided_by, decided_at=now, **until
    ):
        raise NoSuchApproval


@transaction.atomic
def carry_out(*, approval_id: UUID, now: datetime) -> bool:
    """Whether it is this caller who carries it out; nobody else does any more."""
    allowed = Approval.objects.filter(id=approval_id, state=ApprovalState.APPROVED, used_at=None)
    return bool(allowed.filter(until__gt=now).update(used_at=now))


def _sealed(question: str, *, row: UUID, asked_by: UUID) -> bytes | None:
    if not question:
        return None
    key = keys_for(asked_by, KeyClass.PROFILE)[KeyClass.PROFILE]
    return seal(question.encode(), key=key, place=QUESTION, row=row)
