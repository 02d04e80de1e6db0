"""Somebody has signed in: their device is known from now on, and a new one is told of by mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from tresen.domains.accounts.commands import know_device
from tresen.domains.accounts.queries import is_known_device
from tresen.entrypoints.shared.sessions.devices import (
    hash_of_token,
    new_device_token,
    set_device_cookie,
)
from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.foundation import clock
from tresen.workflows.trusting.end_sessions import end_after_change


def meet_device(request: HttpRequest, response: HttpResponseBase, *, user_id: UUID) -> bool:
    """Call it once the session is theirs; says whether the device was new to this person."""
    session = store_of(request)
    if session.device_hash is None:
        token = new_device_token(session.realm)
        set_device_cookie(response, token, session.realm)
        session.device_hash = hash_of_token(token)
    is_new = not is_known_device(user_id=user_id, token_hash=session.device_hash)
    know_device(
        user_id=user_id,
        token_hash=session.device_hash,
        device=session.device,
        now=clock.now(),
    )
    return is_new


def after_change(request: HttpRequest, *, user_id: UUID, changed: str) -> None:
    """A password or a factor is new: whoever is signed in elsewhere is not any more."""
    end_after_change(user_id=user_id, but=store_of(request).id, changed=changed, now=clock.now())
