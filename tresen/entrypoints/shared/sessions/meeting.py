"""Somebody has signed in: their device is known from now on, and a new one is told of by mail."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language

from tresen.domains.accounts.commands import know_device
from tresen.entrypoints.shared.sessions.devices import (
    hash_of_token,
    new_device_token,
    set_device_cookie,
)
from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.foundation import clock
from tresen.workflows.trusting.was_this_you import tell_of_device


def meet_device(
    request: HttpRequest, response: HttpResponseBase, *, user_id: UUID, is_told: bool = True
) -> bool:
    """Call it once the session is theirs; says whether the device was new to this person.

    `is_told`: a new one is told of by mail, with a link that throws it out again.
    """
    session, now = store_of(request), clock.now()
    if session.device_hash is None:
        token = new_device_token(session.realm)
        set_device_cookie(response, token, session.realm)
        session.device_hash = hash_of_token(token)
    session.save()  # from here on it has an id, by which the audit names it
    with transaction.atomic():
        met = know_device(
            user_id=user_id, token_hash=session.device_hash, device=session.device, now=now
        )
        if met.is_new and is_told:
            locale = (get_language() or "de")[:2]
            tell_of_device(device_id=met.device_id, locale=locale, now=now)
    return met.is_new
