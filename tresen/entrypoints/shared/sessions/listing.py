"""Where somebody is signed in, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from tresen.domains.accounts.queries import list_sessions_of
from tresen.entrypoints.shared.sessions.labels import device_words
from tresen.entrypoints.shared.sessions.realms import limits_of
from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.foundation.ids import outer


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """One line of the list; `id` as addresses name it."""

    id: str
    device: str
    made_at: datetime
    seen_at: datetime
    is_here: bool


def shown_sessions(request: HttpRequest, user_id: UUID, *, now: datetime) -> list[ShownSession]:
    """Last used first; the one that asks is marked."""
    session = store_of(request)
    rows = list_sessions_of(user_id, now=now, seen_after=now - limits_of(session.realm).idle)
    return [
        ShownSession(
            id=outer("ses", row.id),
            device=device_words(row.device),
            made_at=row.made_at,
            seen_at=row.seen_at,
            is_here=row.id == session.id,
        )
        for row in rows
    ]
