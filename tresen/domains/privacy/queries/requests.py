"""Reads about requests: the queue with its clocks, one request, its words, its copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tresen.domains.privacy import models
from tresen.domains.privacy.queries.sealed import opened, opened_bytes
from tresen.domains.privacy.types.requests import (
    Clock,
    ExportRow,
    RequestKind,
    RequestRow,
    RequestState,
    RequestWay,
    RequestWords,
    StepRow,
)
from tresen.foundation.refusals import Refusal

REQUESTS_MAX = 200
STEPS_MAX = 200
PLACES = {column: f"privacy_request.{column}" for column in ("wish", "identity_note", "answer")} | {
    column: f"privacy_export.{column}" for column in ("body", "page")
}


class NoSuchRequest(Refusal):
    """No request of that id, or not for the one who asks."""

    code = "no_such_request"
    status = 404
    message = "There is no such request."


class NoSuchExport(Refusal):
    """The copy is not there, or no longer."""

    code = "no_such_export"
    status = 410
    message = "This copy is no longer there. Please ask for a new one under «My data»."


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """What the queue is narrowed to; empty means all."""

    kind: str = ""
    state: str = ""
    way: str = ""
    only_open: bool = False
    overdue_on: date | None = None
    text: str = ""


def get_request(request_id: UUID) -> RequestRow:
    """One request. Raises NoSuchRequest."""
    found = models.Request.objects.filter(id=request_id).first()
    if found is None:
        raise NoSuchRequest(field="request")
    return request_row(found)


def get_words(request_id: UUID) -> RequestWords:
    """What was written in it. Raises NoSuchRequest."""
    found = models.Request.objects.filter(id=request_id).first()
    if found is None:
        raise NoSuchRequest(field="request")
    return RequestWords(
        **{
            column: opened(getattr(found, column), place=PLACES[column], row=found.id)
            for column in ("wish", "identity_note", "answer")
        }
    )


def list_requests(
    *,
    narrow: RequestFilter,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[RequestRow]:
    """Open ones first by their clock, so that the overdue lead; closed ones newest first."""
    assert 0 < limit <= REQUESTS_MAX
    found = models.Request.objects.filter(_narrowed(narrow)).defer(*_WORDS)
    if narrow.only_open:
        return [request_row(one) for one in found.order_by("due_on", "id")[:limit]]
    if after is not None:
        moment, request_id = after
        found = found.filter(Q(received_at__lt=moment) | Q(received_at=moment, id__lt=request_id))
    return [request_row(one) for one in found.order_by("-received_at", "-id")[:limit]]


def list_requests_of(person_id: UUID, *, limit: int = 50) -> list[RequestRow]:
    """A person's own requests, newest first."""
    found = models.Request.objects.filter(person_id=person_id).defer(*_WORDS)
    return [request_row(one) for one in found.order_by("-received_at", "-id")[:limit]]


def list_steps(request_id: UUID, *, limit: int = STEPS_MAX) -> list[StepRow]:
    """The story of a request, oldest first."""
    found = models.RequestStep.objects.filter(request_id=request_id).order_by("id")[:limit]
    return [
        StepRow(kind=step.kind, happened_at=step.happened_at, actor=step.actor, detail=step.detail)
        for step in found
    ]


def list_deferred(*, limit: int = REQUESTS_MAX) -> list[RequestRow]:
    """What waits for something else to end first."""
    found = models.Request.objects.filter(state=RequestState.DEFERRED).order_by("due_on", "id")
    return [request_row(one) for one in found[:limit]]


def count_queue(*, today: date) -> tuple[int, int]:
    """How many wait, and how many of them are late."""
    open_ = models.Request.objects.filter(closed_at=None)
    return open_.count(), open_.filter(due_on__lt=today).count()


def find_export(request_id: UUID) -> ExportRow | None:
    """The copy made for a request, while it is there."""
    found = models.Export.objects.filter(request_id=request_id).defer("body").first()
    return None if found is None else export_row(found)


def list_exports_of(person_id: UUID, *, now: datetime) -> list[ExportRow]:
    """Copies that can be fetched."""
    found = models.Export.objects.filter(person_id=person_id, expires_at__gt=now)
    return [export_row(one) for one in found.defer("body").order_by("-made_at")[:20]]


def read_export(
    export_id: UUID, *, now: datetime, person_id: UUID | None = None
) -> tuple[ExportRow, bytes]:
    """The copy, opened. Raises NoSuchExport, also for that of another person.

    Whoever comes with the signed link of the copy itself gives no `person_id`.
    """
    found = models.Export.objects.filter(id=export_id, expires_at__gt=now).first()
    if found is None or person_id not in (None, found.person_id):
        raise NoSuchExport(field="export")
    body = opened_bytes(found.body, place=PLACES["body"], row=found.request_id)
    return export_row(found), body


def request_row(found: models.Request) -> RequestRow:
    return RequestRow(
        id=found.id,
        number=found.number,
        person_id=found.person_id,
        kind=RequestKind(found.kind),
        way=RequestWay(found.way),
        state=RequestState(found.state),
        locale=found.locale,
        received_at=found.received_at,
        clock=Clock(
            due_on=found.due_on,
            first_due_on=found.first_due_on,
            extended=found.extended_at is not None,
        ),
        closed_at=found.closed_at,
        ground=found.ground,
    )


def export_row(found: models.Export) -> ExportRow:
    return ExportRow(
        id=found.id,
        request_id=found.request_id,
        person_id=found.person_id,
        kind=RequestKind(found.kind),
        made_at=found.made_at,
        expires_at=found.expires_at,
        downloads=found.downloads,
        bytes=found.bytes,
    )


_WORDS: Sequence[str] = ("wish", "identity_note", "answer")


def _narrowed(narrow: RequestFilter) -> Q:
    query = Q()
    for name in ("kind", "state", "way"):
        if value := getattr(narrow, name):
            query &= Q(**{name: value})
    if narrow.only_open:
        query &= Q(closed_at=None)
    if narrow.overdue_on is not None:
        query &= Q(closed_at=None, due_on__lt=narrow.overdue_on)
    if text := narrow.text.strip():
        query &= Q(number__iexact=text)
    return query
