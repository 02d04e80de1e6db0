"""A person's data are only stored for now (Art. 18 GDPR), until that is lifted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.orders.queries import count_unfinished_of
from tresen.domains.privacy.commands import lock_request, mark_restricted, note_step
from tresen.domains.privacy.queries import find_person
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import restrict_keys

CLASSES = (KeyClass.PROFILE, KeyClass.TAX_RECORD, KeyClass.LETTER)
"""Opened only inside `reading_restricted`: by a tax audit, and to tell the person themselves."""


class NotRestrictable(Refusal):
    """Not a request for it, nobody has proven who asks, or an order still has to be packed."""

    code = "not_restrictable"
    status = 409
    message = (
        "This cannot be restricted now: the person is not proven, or an order still has to leave."
    )


@transaction.atomic
def restrict(*, request_id: UUID, now: datetime, actor: Actor) -> RequestRow:
    """Nobody of the shop reads them from now on, and no advertising is sent.

    An order that still has to leave could not be packed: it goes first. Raises NotRestrictable.
    """
    request = _wanted(request_id)
    if request.state is not RequestState.RECEIVED or count_unfinished_of(request.person_id):
        raise NotRestrictable(field="request")
    restrict_keys(request.person_id, *CLASSES, since=now)
    mark_restricted(person_id=request.person_id, since=now)
    note_step(request_id=request_id, kind="restricted", now=now, actor=actor)
    _record("person.restrict", request, actor=actor, now=now)
    return request


@transaction.atomic
def lift(*, request_id: UUID, now: datetime, actor: Actor) -> RequestRow:
    """The reason is gone; the person is told before (Art. 18 (3)). Raises NotRestrictable."""
    request = _wanted(request_id)
    person = find_person(request.person_id)
    if person is None or person.erased_at is not None or person.restricted_at is None:
        raise NotRestrictable(field="request")
    restrict_keys(request.person_id, *CLASSES, since=None)
    mark_restricted(person_id=request.person_id, since=None)
    note_step(request_id=request_id, kind="lifted", now=now, actor=actor)
    _record("person.unrestrict", request, actor=actor, now=now)
    return request


def _wanted(request_id: UUID) -> RequestRow:
    request = lock_request(request_id=request_id)
    if request.kind is not RequestKind.RESTRICTION:
        raise NotRestrictable(field="request")
    return request


def _record(action: str, request: RequestRow, *, actor: Actor, now: datetime) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="privacy_request",
        object_id=str(request.id),
        persons=(request.person_id,),
    )
    record(deed, now=now)
