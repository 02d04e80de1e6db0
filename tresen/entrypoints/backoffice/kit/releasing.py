"""A list with people in it leaves as a file once, after a second person has allowed it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.workflows.staffing.four_eyes import take_list


def is_released(request: HttpRequest, name: str) -> bool:
    """Uses the allowance up."""
    standing = standing_of(request)
    if not standing.may(Permission.PERSONAL_EXPORT):
        return False
    actor = Actor("staff", standing.user_id, session=session_of(request))
    return take_list(name=name, now=clock.now(), actor=actor)


def wish_url(name: str) -> str:
    """Where one asks for it."""
    return reverse("backoffice:export_wish", args=[name])
