"""Which session a request acts in, as an actor names it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from tresen.entrypoints.shared.sessions.store import SessionStore


def store_of(request: HttpRequest) -> SessionStore:
    """The request's session, typed."""
    return cast("SessionStore", request.session)


def session_of(request: HttpRequest) -> str:
    """The id of the session's row (never the cookie's value); empty without one."""
    session_id = store_of(request).id
    return str(session_id) if session_id else ""
