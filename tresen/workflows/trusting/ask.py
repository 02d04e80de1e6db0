"""A person asks for something about their data: in the account, by link, by phone or letter."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.privacy.commands import NewRequest, open_request, prove_person
from tresen.domains.privacy.queries import find_person, find_person_by_email
from tresen.domains.privacy.queries.requests import list_requests_of
from tresen.domains.privacy.types.requests import (
    BY_ITSELF,
    RequestKind,
    RequestRow,
    RequestState,
    RequestWay,
)
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import new_id
from tresen.foundation.limits.taking import Limit, take_one
from tresen.foundation.mailboxes import mailbox_of
from tresen.workflows.trusting.advertising import end_advertising
from tresen.workflows.trusting.letters import link_letter, received_letter
from tresen.workflows.trusting.persons import email_on_file
from tresen.workflows.trusting.place import responsible_place

LINKS = Limit(name="my_data_link", max=5, window=timedelta(hours=1))
"""Of one address; more would only fill a mailbox."""


class _NothingSent(Exception):
    """Undoes what was done for an address that nobody is known by."""


def send_link(*, email: str, locale: str, now: datetime) -> None:
    """Mail the way to one's own page to the address that was typed, if somebody is known by it.

    Whoever asks learns nothing here: the answer is the same for every address, and so is the
    work, which is undone for an unknown one. One letter for an address and hour, so that nobody
    can fill a mailbox.
    """
    take_one(LINKS, key=mailbox_of(email), now=now, field="email")
    known = find_person_by_email(email)
    person_id = known or new_id()
    key = f"my-data:{person_id}:{now:%Y%m%d%H}"
    letter = link_letter(
        email=email,
        person_id=person_id,
        subject=_sealed_for(person_id),
        key=key,
        locale=locale,
        now=now,
    )
    with suppress(_NothingSent), transaction.atomic():
        queue_letters(letters=[letter], now=now)
        if known is None:
            raise _NothingSent


@transaction.atomic
def ask(
    *,
    person_id: UUID,
    kind: RequestKind,
    way: RequestWay,
    locale: str,
    now: datetime,
    actor: Actor,
    wish: str = "",
    identity_note: str = "",
    received_on: date | None = None,
) -> RequestRow:
    """Write it down, start its clock, and say so. An objection works at once (Art. 21 (3))."""
    place = responsible_place()
    new = NewRequest(
        person_id=person_id,
        kind=kind,
        way=way,
        locale=locale,
        received_on=received_on or place.day_of(now),
        country=place.country,
        region=place.region,
        wish=wish,
        identity_note=identity_note,
    )
    request = open_request(new=new, now=now, actor=actor)
    _record("privacy_request.open", request, actor=actor, now=now)
    return _go_on(request, now=now, actor=actor)


@transaction.atomic
def prove(*, request_id: UUID, note: str, now: datetime, actor: Actor) -> RequestRow:
    """Somebody has checked who asks: from here on it goes like any other request."""
    request = prove_person(request_id=request_id, note=note, now=now, actor=actor)
    _record("privacy_request.prove", request, actor=actor, now=now)
    if request.state is RequestState.RECEIVED and request.kind is RequestKind.OBJECTION:
        return end_advertising(request=request, now=now, actor=actor)
    return request


def _sealed_for(person_id: UUID) -> UUID:
    """Whose key seals a link. Keys of who had their data restricted open for nobody, not even
    for the carrier: their letters belong to the request they had it done with.
    """
    person = find_person(person_id)
    if person is None or person.restricted_at is None:
        return person_id
    mine = list_requests_of(person_id)
    return next(one.id for one in mine if one.kind is RequestKind.RESTRICTION)


def _go_on(request: RequestRow, *, now: datetime, actor: Actor) -> RequestRow:
    if request.kind is RequestKind.OBJECTION and request.state is RequestState.RECEIVED:
        return end_advertising(request=request, now=now, actor=actor)
    answered_soon = request.kind in BY_ITSELF and request.state is RequestState.RECEIVED
    email = email_on_file(request.person_id)
    if email and not answered_soon:
        queue_letters(letters=[received_letter(request, email=email, now=now)], now=now)
    return request


def _record(action: str, request: RequestRow, *, actor: Actor, now: datetime) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="privacy_request",
        object_id=str(request.id),
        persons=(request.person_id,),
        after={"kind": request.kind.value, "state": request.state.value},
    )
    record(deed, now=now)
