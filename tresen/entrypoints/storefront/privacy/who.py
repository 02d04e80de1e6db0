"""Whose page it is: of who is signed in, or of who holds the link from the mailbox on file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from tresen.domains.privacy.types.requests import RequestWay
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


def signed_in(request: HttpRequest) -> Who | None:
    """The shopper who is signed in, if one is."""
    user = request.user
    person_id = getattr(user, "person_id", None)
    if not user.is_authenticated or not user.is_active or not isinstance(person_id, UUID):
        return None
    assert isinstance(user.pk, UUID)
    actor = Actor("customer", user.pk)
    return Who(person_id=person_id, token=ME, way=RequestWay.ACCOUNT, actor=actor)
