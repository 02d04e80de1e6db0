"""Requests: their clock, their story, one open at a time, and no answer before proof."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.privacy import commands, models
from tresen.domains.privacy.commands import (
    count_download,
    forget_exports,
    keep_export,
)
from tresen.domains.privacy.queries import requests as queries
from tresen.domains.privacy.rules.requests import Obstacles
from tresen.domains.privacy.tests.make import NOON, asked
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState, RequestWay
from tresen.foundation.actor import GUEST, SYSTEM, Actor

pytestmark = pytest.mark.django_db
FRIEDA = Actor("staff", uuid4())


def _close(request: RequestRow, state: RequestState = RequestState.ANSWERED) -> RequestRow:
    return commands.close_request(
        request_id=request.id,
        state=state,
        answer="Here it is.",
        ground="Art. 15",
        now=NOON,
        actor=FRIEDA,
    )


def _extend(request: RequestRow, today: date) -> RequestRow:
    return commands.extend_request(
        request_id=request.id, today=today, country="DE", region="HH", now=NOON, actor=FRIEDA
    )


def _story(request: RequestRow) -> list[str]:
    return [step.kind for step in queries.list_steps(request.id)]


def test_a_request_has_a_number_and_a_clock() -> None:
    request = asked(received_on=date(2027, 1, 31))

    assert re.fullmatch(r"D\d{6}", request.number)
    assert request.clock.due_on == date(2027, 3, 1)
    assert _story(request) == ["received"]


def test_a_second_wish_of_the_same_kind_joins_the_first() -> None:
    person = uuid4()
    first = asked(RequestKind.RECTIFICATION, person_id=person, wish="My street is Elbweg 8.")
    again = asked(RequestKind.RECTIFICATION, person_id=person, wish="And the town is Kiel.")
    same = asked(RequestKind.RECTIFICATION, person_id=person, wish="And the town is Kiel.")
    other = asked(RequestKind.ACCESS, person_id=person)

    assert first.id == again.id == same.id != other.id
    wish = queries.get_words(first.id).wish
    assert wish == "My street is Elbweg 8.\n\nAnd the town is Kiel."
    assert _story(first) == ["received", "asked_again", "asked_again"]


def test_the_database_itself_allows_one_open_request_of_a_kind() -> None:
    request = asked()
    copy = models.Request.objects.get(id=request.id)
    copy.id, copy.number = uuid4(), "D9"
    with pytest.raises(IntegrityError, match="one_open_request_per_kind"), transaction.atomic():
        copy.save(force_insert=True)


def test_after_an_answer_one_may_ask_again() -> None:
    person = uuid4()
    first = asked(person_id=person)
    _close(first)

    assert asked(person_id=person).id != first.id


@pytest.mark.parametrize("way", [RequestWay.PHONE, RequestWay.LETTER, RequestWay.EMAIL])
def test_who_is_not_proven_gets_no_answer(way: RequestWay) -> None:
    request = asked(way=way, actor=FRIEDA)
    assert request.state is RequestState.UNPROVEN

    with pytest.raises(commands.NotAnswerable):
        _close(request)
    assert queries.get_request(request.id).state is RequestState.UNPROVEN

    commands.prove_person(request_id=request.id, note="Called back.", now=NOON, actor=FRIEDA)
    assert _close(request).state is RequestState.ANSWERED
    assert queries.get_words(request.id).identity_note == "Called back."
    assert _story(request) == ["received", "proven", "answered"]


def test_a_request_is_answered_once() -> None:
    request = asked()
    _close(request)

    with pytest.raises(commands.NotAnswerable):
        _close(request, RequestState.REFUSED)
    assert queries.get_request(request.id).state is RequestState.ANSWERED


def test_an_extension_counts_from_the_receipt_and_comes_once() -> None:
    request = asked()

    extended = _extend(request, date(2026, 12, 30))

    assert extended.clock.due_on == date(2027, 3, 1)
    assert extended.clock.first_due_on == date(2026, 12, 30)
    with pytest.raises(commands.NotExtendable):
        _extend(request, date(2026, 12, 30))


def test_after_the_first_month_there_is_no_extension() -> None:
    request = asked()

    with pytest.raises(commands.NotExtendable):
        _extend(request, date(2026, 12, 31))
    assert queries.get_request(request.id).clock == request.clock


def test_what_stands_in_the_way_is_told_once_per_reason() -> None:
    request = asked(RequestKind.ERASURE)
    for obstacles in (Obstacles(open_orders=1), Obstacles(open_orders=2), Obstacles(holds=1)):
        commands.defer_request(request_id=request.id, obstacles=obstacles, now=NOON, actor=SYSTEM)

    details = [step.detail for step in queries.list_steps(request.id)]
    assert details == ["link", "open_orders", "holds"]
    assert [row.id for row in queries.list_deferred()] == [request.id]


def test_the_queue_shows_the_most_urgent_first() -> None:
    late = asked(received_on=date(2026, 10, 1))
    soon = asked(received_on=date(2026, 11, 1))
    fresh = asked(received_on=date(2026, 11, 23))
    _close(asked())

    found = queries.list_requests(narrow=queries.RequestFilter(only_open=True))

    assert [row.id for row in found] == [late.id, soon.id, fresh.id]
    assert queries.count_queue(today=date(2026, 11, 23)) == (3, 1)


def test_words_lie_sealed() -> None:
    request = asked(wish="Quassel-Kanarienvogel")

    raw = models.Request.objects.filter(id=request.id).values_list("wish", flat=True).get()
    assert raw is not None
    assert b"Kanarienvogel" not in bytes(raw)


def test_a_copy_is_for_its_person_and_for_some_days() -> None:
    request = asked()
    export = keep_export(request=request, body=b'{"a": 1}', now=NOON)

    row, body = queries.read_export(export, person_id=request.person_id, now=NOON)
    count_download(export_id=export, now=NOON)

    assert (body, row.downloads) == (b'{"a": 1}', 0)
    assert queries.read_export(export, now=NOON)[0].downloads == 1
    with pytest.raises(queries.NoSuchExport):
        queries.read_export(export, person_id=uuid4(), now=NOON)
    with pytest.raises(queries.NoSuchExport):
        queries.read_export(export, person_id=request.person_id, now=NOON + timedelta(days=14))
    assert forget_exports(now=NOON + timedelta(days=14), limit=10) == 1


def test_a_person_may_take_a_wish_back() -> None:
    request = asked(way=RequestWay.LETTER, actor=FRIEDA)

    closed = commands.close_request(
        request_id=request.id,
        state=RequestState.TAKEN_BACK,
        answer="",
        ground="",
        now=NOON,
        actor=GUEST,
    )

    assert closed.state is RequestState.TAKEN_BACK
