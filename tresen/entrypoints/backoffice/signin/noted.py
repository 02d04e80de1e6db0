"""Each try to come in behind the counter, and each door that stays shut, is a row of the audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from tresen.domains.accounts.commands import note_language
from tresen.domains.accounts.queries import find_staff_id
from tresen.entrypoints.shared.sessions.meeting import meet_device
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.foundation import clock
from tresen.foundation.actor import GUEST, Actor
from tresen.foundation.audit.deeds import Deed, record

NAME_LENGTH_MAX = 60


class NotedSignIn:
    """Goes before the library's adapter: what it did is written down."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)  # type: ignore[misc]
        if not meet_device(request, response, user_id=user.pk):
            note_language(user_id=user.pk, language=(get_language() or "de")[:2])
        note_at_door("session.begin", request, user_id=user.pk)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Whose name it was, where somebody has it; never what was typed."""
        super().authentication_failed(request, **credentials)  # type: ignore[misc]
        name = str(credentials.get("username") or "")[:NAME_LENGTH_MAX].replace("\x00", "")
        note_at_door("session.refuse", request, about=find_staff_id(name) if name else None)

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk
        if isinstance(user_id, UUID):
            note_at_door("session.end", request, user_id=user_id)
        super().logout(request)  # type: ignore[misc]


@transaction.atomic
def note_at_door(
    action: str,
    request: HttpRequest,
    *,
    user_id: UUID | None = None,
    about: UUID | None = None,
    route: str = "",
) -> None:
    """One row: who, at which account or route."""
    actor = Actor("staff", user_id, session=session_of(request)) if user_id else GUEST
    account = about or user_id
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="route" if route else "account",
        object_id=route or (str(account) if account else ""),
    )
    record(deed, now=clock.now())
