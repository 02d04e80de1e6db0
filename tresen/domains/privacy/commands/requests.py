"""Writes about requests. Each step lands in the request's story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy import models
from tresen.domains.privacy.events import RequestReceived
from tresen.domains.privacy.queries.requests import (
    PLACES,
    NoSuchRequest,
    request_row,
)
from tresen.domains.privacy.queries.sealed import closed, opened
from tresen.domains.privacy.rules import requests as rules
from tresen.domains.privacy.rules.deadlines import clock_of, may_extend
from tresen.domains.privacy.types.requests import (
    RequestKind,
    RequestRow,
    RequestState,
    RequestWay,
)
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.refusals import Refusal

_OPEN = """
INSERT INTO privacy_request (id, number, person_id, kind, way, state, locale, received_at,
  received_on, due_on, first_due_on, ground, wish, identity_note)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', %s, %s)
ON CONFLICT (person_id, kind) WHERE closed_at IS NULL DO NOTHING RETURNING id
"""


class NotExtendable(Refusal):
    """The first month is over, or it was extended before."""

    code = "request_not_extendable"
    status = 409
    message = "This request can no longer be extended. Please answer it now."


class NotAnswerable(Refusal):
    """It was closed before, or nobody has checked who asks."""

    code = "request_not_answerable"
    status = 409
    message = "This request is closed, or it is not proven yet who asks. Check the person first."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What a person asks for. `country` and `region` are those of the responsible place."""

    person_id: UUID
    kind: RequestKind
    way: RequestWay
    locale: str
    received_on: date
    country: str
    region: str = ""
    wish: str = ""
    identity_note: str = ""


@transaction.atomic
def open_request(*, new: NewRequest, now: datetime, actor: Actor) -> RequestRow:
    """Write the wish down and start its clock; an open one of the same kind takes it in."""
    clock = clock_of(new.received_on, country=new.country, region=new.region)
    state = rules.first_state(new.way, identity_note=new.identity_note)
    request_id = new_id()
    added = sql.rows(
        _OPEN,
        (
            request_id,
            rules.number_of(_next_number()),
            new.person_id,
            new.kind.value,
            new.way.value,
            state.value,
            new.locale,
            now,
            new.received_on,
            clock.due_on,
            clock.first_due_on,
            _sealed("wish", new.wish, request_id),
            _sealed("identity_note", new.identity_note, request_id),
        ),
    )
    if not added:
        return _taken_in(new, now=now, actor=actor)
    found = _locked(request_id)
    note_step(request_id=request_id, kind="received", now=now, actor=actor, detail=new.way.value)
    if state is RequestState.RECEIVED:
        _tell(found, now)
    return request_row(found)


@transaction.atomic
def prove_person(*, request_id: UUID, note: str, now: datetime, actor: Actor) -> RequestRow:
    """Somebody checked who asks, and says how. Raises NoSuchRequest."""
    found = _locked(request_id)
    if found.state != RequestState.UNPROVEN:
        return request_row(found)
    found.state = RequestState.RECEIVED
    found.identity_note = _sealed("identity_note", note, request_id)
    found.save(update_fields=["state", "identity_note"])
    note_step(request_id=request_id, kind="proven", now=now, actor=actor)
    _tell(found, now)
    return request_row(found)


@transaction.atomic
def extend_request(
    *, request_id: UUID, today: date, country: str, region: str, now: datetime, actor: Actor
) -> RequestRow:
    """Two further months, told inside the first. Raises NoSuchRequest, NotExtendable."""
    found = _locked(request_id)
    row = request_row(found)
    if not rules.is_open(row.state) or not may_extend(row.clock, today=today):
        raise NotExtendable(field="request")
    clock = clock_of(found.received_on, country=country, region=region, extended=True)
    found.due_on, found.extended_at = clock.due_on, now
    found.save(update_fields=["due_on", "extended_at"])
    note_step(request_id=request_id, kind="extended", now=now, actor=actor)
    return request_row(found)


@transaction.atomic
def defer_request(
    *, request_id: UUID, obstacles: rules.Obstacles, now: datetime, actor: Actor
) -> RequestRow:
    """Something open stands in the way: it is said why, once, and tried again by itself."""
    found = _locked(request_id)
    detail = rules.detail_of(obstacles.words())
    if found.closed_at is not None:
        return request_row(found)
    before = found.state
    found.state = RequestState.DEFERRED
    found.save(update_fields=["state"])
    last = models.RequestStep.objects.filter(request_id=request_id).order_by("-id").first()
    if before != RequestState.DEFERRED or last is None or last.detail != detail:
        note_step(request_id=request_id, kind="deferred", now=now, actor=actor, detail=detail)
    return request_row(found)


@transaction.atomic
def close_request(
    *,
    request_id: UUID,
    state: RequestState,
    answer: str,
    ground: str,
    now: datetime,
    actor: Actor,
) -> RequestRow:
    """The answer and the law it rests on. Raises NoSuchRequest, NotAnswerable."""
    assert not rules.is_open(state)
    found = _locked(request_id)
    taken_back = state is RequestState.TAKEN_BACK
    now_state = RequestState(found.state)
    if found.closed_at is not None or not (taken_back or rules.may_answer(now_state)):
        raise NotAnswerable(field="request")
    found.state, found.closed_at, found.ground = state, now, ground
    found.answer = _sealed("answer", answer, request_id)
    found.save(update_fields=["state", "closed_at", "ground", "answer"])
    note_step(request_id=request_id, kind=state.value, now=now, actor=actor, detail=ground)
    return request_row(found)


def lock_request(*, request_id: UUID) -> RequestRow:
    """The request, held for the caller's transaction. Raises NoSuchRequest."""
    return request_row(_locked(request_id))


def note_step(
    *, request_id: UUID, kind: str, now: datetime, actor: Actor, detail: str = ""
) -> None:
    """One more step of a request's story."""
    sql.run(
        "INSERT INTO privacy_request_step (request_id, kind, happened_at, actor, detail)"
        " VALUES (%s, %s, %s, %s, %s)",
        (request_id, kind, now, str(actor), detail[:200]),
    )


def _taken_in(new: NewRequest, *, now: datetime, actor: Actor) -> RequestRow:
    found = (
        models.Request.objects.select_for_update()
        .filter(person_id=new.person_id, kind=new.kind, closed_at=None)
        .get()
    )
    known = opened(found.wish, place=PLACES["wish"], row=found.id)
    if new.wish.strip() and new.wish.strip() not in known:
        whole = f"{known}\n\n{new.wish}".strip()[-rules.WISH_LENGTH_MAX :]
        found.wish = _sealed("wish", whole, found.id)
        found.save(update_fields=["wish"])
    note_step(request_id=found.id, kind="asked_again", now=now, actor=actor, detail=new.way.value)
    return request_row(found)


def _tell(found: models.Request, now: datetime) -> None:
    announce(RequestReceived(happened_at=now, request_id=str(found.id), kind=found.kind))


def _locked(request_id: UUID) -> models.Request:
    found = models.Request.objects.select_for_update().filter(id=request_id).first()
    if found is None:
        raise NoSuchRequest(field="request")
    return found


def _sealed(column: str, words: str, request_id: UUID) -> bytes | None:
    return closed(words, place=PLACES[column], row=request_id) if words.strip() else None


def _next_number() -> int:
    return int(str(sql.rows("SELECT nextval('privacy_request_number')")[0][0]))
