"""Whose page it is: of who is signed in, or of who holds the link from the mailbox on file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tresen.domains.privacy.types.requests import RequestWay
from tresen.entrypoints.shared.stepup import is_fresh
from tresen.entrypoints.storefront.account.door import ask_for_proof
from tresen.foundation.actor import GUEST, Actor
from tresen.foundation.vault.links import LinkBroken, read_link
from tresen.workflows.trusting.addresses import MY_DATA_LINK

ME = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A proven person: how they were proven, and as whom they act."""

    person_id: UUID
    token: str
    way: RequestWay
    actor: Actor


def who_asks(request: HttpRequest, token: str, *, now: datetime) -> Who:
    """Raises LinkBroken, LinkExpired."""
    if token != ME:
        person_id = read_link(token, purpose=MY_DATA_LINK, now=now)
        return Who(person_id=person_id, token=token, way=RequestWay.LINK, actor=GUEST)
    found = signed_in(request)
    if found is None:
        raise LinkBroken(field="token")
    return found


def proof_first(request: HttpRequest, who: Who) -> HttpResponse | None:
    """An account that lies open asks for a fresh proof before data leave or go.

    Who came by the link has just opened the mailbox on file.
    """
    if who.way is not RequestWay.ACCOUNT or is_fresh(request):
        return None
    return ask_for_proof(request)


def signed_in(request: HttpRequest) -> Who | None:
    """The shopper who is signed in, if one is."""
    user = _user_of(request)
    person_id = getattr(user, "person_id", None)
    if not user.is_authenticated or not user.is_active or not isinstance(person_id, UUID):
        return None
    assert isinstance(user.pk, UUID)
    actor = Actor("customer", user.pk)
    return Who(person_id=person_id, token=ME, way=RequestWay.ACCOUNT, actor=actor)


def _user_of(request: HttpRequest) -> Any:
    """Of the shop's realm: the path decides which one is asked."""
    return request.user
