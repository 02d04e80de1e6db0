"""Somebody ends sessions of their own: one, or all others."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import end_session, end_sessions_of
from tresen.domains.accounts.queries import find_session_row
from tresen.domains.accounts.types import SessionRow
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record


@transaction.atomic
def end_own_session(*, session_id: UUID, user_id: UUID, actor: Actor, now: datetime) -> bool:
    """False when there is none of that id that is theirs."""
    row = find_session_row(session_id)
    if row is None or row.user_id != user_id:
        return False
    _end(row, actor=actor, now=now)
    return True


@transaction.atomic
def end_other_sessions(*, user_id: UUID, but: UUID | None, actor: Actor, now: datetime) -> int:
    """Signed out everywhere, but here; says how many ended."""
    ended = end_sessions_of(user_id=user_id, but=but)
    deed = Deed(
        action="session.end_others",
        actor=actor,
        object_kind="account",
        object_id=str(user_id),
        after={"ended": ended},
    )
    record(deed, now=now)
    return ended


def _end(row: SessionRow, *, actor: Actor, now: datetime) -> None:
    end_session(session_id=row.id)
    deed = Deed(action="session.end", actor=actor, object_kind="session", object_id=str(row.id))
    record(deed, now=now)
