"""Somebody ends sessions: one, all others, or the one that a mail has told of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import (
    end_session,
    end_sessions_of,
    forget_device,
)
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


@transaction.atomic
def disown_session(*, session_id: UUID, actor: Actor, now: datetime) -> SessionRow | None:
    """«That was not me»: the session ends, and its device is a stranger's from now on.

    None when it was over already.
    """
    row = find_session_row(session_id)
    if row is None or row.user_id is None:
        return None
    if row.device_hash is not None:
        forget_device(user_id=row.user_id, token_hash=row.device_hash)
    _end(row, actor=actor, now=now)
    return row


@transaction.atomic
def end_after_change(*, user_id: UUID, but: UUID | None, changed: str, now: datetime) -> int:
    """A password or a factor is new: whoever came in by the old one is out; says how many."""
    ended = end_sessions_of(user_id=user_id, but=but)
    deed = Deed(
        action=f"account.change_{changed}",
        actor=Actor("staff", user_id, session=str(but or "")),
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
