"""A list with people in it leaves as a file once, after a second person has allowed it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.backoffice.kit.types import ListSpec, Row
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.staffing.four_eyes import take_list


def is_released(request: HttpRequest, name: str) -> bool:
    """Uses the allowance up."""
    if not standing_of(request).may(Permission.PERSONAL_EXPORT):
        return False
    return take_list(name=name, now=clock.now(), actor=_actor_of(request))


def wish_url(name: str) -> str:
    """Where one asks for it."""
    return reverse("backoffice:export_wish", args=[name])


def note_taking_out(request: HttpRequest, spec: ListSpec[Row]) -> None:
    """A file that asks for a proof is a deed. Where people are in it, the allowance that is used
    up is that deed, and the list itself notes whom it shows."""
    if not spec.export_needs_proof or spec.personal:
        return
    deed = Deed(action=f"{spec.name}.export", actor=_actor_of(request))
    with transaction.atomic():
        record(deed, now=clock.now())


def _actor_of(request: HttpRequest) -> Actor:
    return Actor("staff", standing_of(request).user_id, session=session_of(request))
