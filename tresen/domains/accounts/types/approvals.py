"""What takes two people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ApprovalKind(StrEnum):
    """What needs a second person."""

    REFUND = "refund"
    EXPORT = "export"


class ApprovalState(StrEnum):
    """How far it is; one that nobody decided on is over at its end."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """A wish that waits for a second person, or was decided; amounts in minor units.

    `question`: what a list was asked, as the query of its address; empty for the whole list.
    """

    id: UUID
    kind: ApprovalKind
    object_id: str
    payment_id: UUID | None
    store_code: str
    amount_minor: int | None
    currency: str
    question: str
    reason: str
    state: ApprovalState
    asked_by: UUID
    asked_at: datetime
    until: datetime
    decided_by: UUID | None
    used_at: datetime | None
