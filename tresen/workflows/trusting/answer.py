"""Staff answers a request, refuses it, or says that it takes longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.orders.commands import tell
from tresen.domains.orders.queries import list_order_ids_of
from tresen.domains.privacy.commands import close_request, extend_request, note_step
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.letters import answered_letter, extended_letter
from tresen.workflows.trusting.persons import email_on_file
from tresen.workflows.trusting.place import responsible_place

GROUNDS = {
    RequestKind.RECTIFICATION: "Art. 16 GDPR",
    RequestKind.RESTRICTION: "Art. 18 GDPR",
    RequestKind.ASK_PERSON: "Art. 22 (3) GDPR",
    RequestKind.ACCESS: "Art. 15 GDPR",
    RequestKind.PORTABILITY: "Art. 20 GDPR",
    RequestKind.ERASURE: "Art. 17 GDPR",
    RequestKind.OBJECTION: "Art. 21 GDPR",
}


@transaction.atomic
def answer(
    *, request_id: UUID, refused: bool, words: str, ground: str, now: datetime, actor: Actor
) -> RequestRow:
    """Close it with a letter. A rectification is noted in the story of each order of the person:
    the papers themselves keep what was agreed. Raises NoSuchRequest, NotAnswerable.
    """
    state = RequestState.REFUSED if refused else RequestState.ANSWERED
    request = close_request(
        request_id=request_id, state=state, answer=words, ground=ground, now=now, actor=actor
    )
    if request.kind is RequestKind.RECTIFICATION and not refused:
        note_correction(request, now=now, actor=actor)
    email = email_on_file(request.person_id)
    if email:
        letter = answered_letter(request, email=email, answer=words, ground=ground)
        queue_letters(letters=[letter], now=now)
    _record("privacy_request.answer", request, actor=actor, now=now)
    return request


@transaction.atomic
def extend(*, request_id: UUID, reason: str, now: datetime, actor: Actor) -> RequestRow:
    """Two further months, told inside the first. Raises NoSuchRequest, NotExtendable."""
    place = responsible_place()
    request = extend_request(
        request_id=request_id,
        today=place.day_of(now),
        country=place.country,
        region=place.region,
        now=now,
        actor=actor,
    )
    email = email_on_file(request.person_id)
    if email:
        letter = extended_letter(request, email=email, reason=reason)
        queue_letters(letters=[letter], now=now)
    _record("privacy_request.extend", request, actor=actor, now=now)
    return request


@transaction.atomic
def take_back(*, request_id: UUID, now: datetime, actor: Actor) -> RequestRow:
    """The person no longer wants it. Raises NoSuchRequest, NotAnswerable."""
    request = close_request(
        request_id=request_id,
        state=RequestState.TAKEN_BACK,
        answer="",
        ground="",
        now=now,
        actor=actor,
    )
    _record("privacy_request.take_back", request, actor=actor, now=now)
    return request


def note_correction(request: RequestRow, *, now: datetime, actor: Actor) -> None:
    """Orders and invoices stay as they were made out; their story says that something changed."""
    orders = list_order_ids_of(request.person_id)
    for order_id in orders:
        body: dict[str, str | int] = {"request": request.number}
        tell(order_id=order_id, kind="corrected", now=now, actor=actor, body=body)
    if orders:
        note_step(
            request_id=request.id,
            kind="orders_noted",
            now=now,
            actor=actor,
            detail=str(len(orders)),
        )


def _record(action: str, request: RequestRow, *, actor: Actor, now: datetime) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="privacy_request",
        object_id=str(request.id),
        persons=(request.person_id,),
        after={"state": request.state.value, "due_on": request.clock.due_on.isoformat()},
    )
    record(deed, now=now)
