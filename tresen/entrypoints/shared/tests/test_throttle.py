"""Crowds of machines work, people come in: behind one door of a thousand as well (S14)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared import throttle, work
from tresen.entrypoints.shared.sessions.devices import new_device_token
from tresen.foundation import clock, sql

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME = "198.51.100.7"
PURPOSE = "test"


class Door:
    """A dear page behind the throttle, and somebody who posts to it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOON
        self.served = 0
        monkeypatch.setattr(clock, "now", lambda: self.now)
        monkeypatch.setattr(throttle, "BITS", 4)
        monkeypatch.setattr(throttle, "STORM_BITS", 6)
        self.view = throttle.throttled(PURPOSE)(self._dear)

    def _dear(self, request: HttpRequest) -> HttpResponse:
        self.served += 1
        return HttpResponse("served: " + request.POST.get("word", ""))

    def knock(
        self, *, address: str = HOME, cookies: dict[str, str] | None = None, **typed: Any
    ) -> HttpResponse:
        request = RequestFactory().post("/de/dear/", typed, REMOTE_ADDR=address)
        request.COOKIES.update(cookies or {})
        return self.view(request)

    def crowd(self, count: int) -> None:
        for _ in range(count):
            self.knock()


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(monkeypatch)


def asked(answer: HttpResponse) -> dict[str, Any]:
    """The form of the page that asks for work, as a browser would send it."""
    assert answer.status_code == 429
    fields: Any = re.findall(
        r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', answer.content.decode()
    )
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def solved(form: dict[str, Any], now: datetime = NOON) -> dict[str, Any]:
    task = work.read_task(form[throttle.TASK], purpose=PURPOSE, now=now)
    assert task is not None
    return form | {throttle.SOLUTION: work.solve(task)}


def test_a_burst_is_asked_for_work_and_goes_on_with_what_was_typed(door: Door) -> None:
    door.crowd(40)
    assert door.served == 40

    form = asked(door.knock(word='Zahl & "Wort"'))
    assert form["word"] == 'Zahl & "Wort"'

    answer = door.knock(**solved(form))
    assert answer.content.decode() == 'served: Zahl & "Wort"'


def test_a_solution_opens_once(door: Door) -> None:
    door.crowd(40)
    form = solved(asked(door.knock()))
    assert door.knock(**form).status_code == 200

    again = asked(door.knock(**form))

    assert again[throttle.TASK] != form[throttle.TASK]


def test_control_without_its_note_a_solution_would_open_for_ever(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.crowd(40)
    form = solved(asked(door.knock()))
    monkeypatch.setattr(work, "take_once", lambda **_: True)

    assert [door.knock(**form).status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("solution", ["", "0", "-1", "x", "٣", "9" * 40])
def test_what_is_no_solution_opens_nothing_and_keeps_the_task(door: Door, solution: str) -> None:
    door.crowd(40)
    form = asked(door.knock())
    task = work.read_task(form[throttle.TASK], purpose=PURPOSE, now=NOON)
    assert task is not None
    if work.fits(task, solution):
        pytest.skip("chance has solved it")

    again = asked(door.knock(**form | {throttle.SOLUTION: solution}))

    assert again[throttle.TASK] == form[throttle.TASK]


def test_tasks_are_ours_of_one_purpose_and_good_for_a_while() -> None:
    task = work.new_task(purpose=PURPOSE, bits=8, now=NOON)

    def reads(text: str, purpose: str = PURPOSE, now: datetime = NOON) -> bool:
        return work.read_task(text, purpose=purpose, now=now) is not None

    assert reads(task.text)
    assert not reads(task.text, purpose="other")
    assert not reads(task.text, now=NOON + work.TASK_LASTS + timedelta(seconds=1))
    assert not reads(task.text, now=NOON - timedelta(minutes=1))
    forged = ("", "x", task.text[:-1], task.text + "A", "é" + task.text[1:])
    assert not any(reads(text) for text in forged)


def test_without_scripts_one_waits(door: Door) -> None:
    door.crowd(40)
    form = asked(door.knock(word="langsam"))
    door.now = NOON + work.WAIT - timedelta(seconds=1)
    assert asked(door.knock(**form)) == form
    door.now = NOON + work.WAIT

    assert door.knock(**form).content.decode() == "served: langsam"


def test_who_waits_with_a_thousand_tasks_gains_nothing(door: Door) -> None:
    door.crowd(40)
    forms = [asked(door.knock()) for _ in range(60)]
    door.now = NOON + work.WAIT
    before = door.served

    for form in forms:
        door.knock(**form)

    assert door.served - before <= work.WAITING_ROOM.size + work.WAIT / timedelta(seconds=3)


def test_a_known_device_comes_straight_in(door: Door) -> None:
    door.crowd(60)
    cookies = {"shop-device": new_device_token(Realm.SHOP)}

    assert door.knock(cookies=cookies).status_code == 200
    assert door.knock(cookies={"shop-device": "x" * 48}).status_code == 429


def test_the_pace_of_one_device_is_that_of_a_person(door: Door) -> None:
    door.crowd(60)
    cookies = {"shop-device": new_device_token(Realm.SHOP)}

    codes = [door.knock(cookies=cookies).status_code for _ in range(40)]

    assert codes == [200] * 30 + [429] * 10


def test_a_storm_from_everywhere_asks_for_more(door: Door) -> None:
    for at in range(200):
        door.knock(address=f"203.{at}.113.9")

    form = asked(door.knock(address="192.0.2.1"))

    task = work.read_task(form[throttle.TASK], purpose=PURPOSE, now=NOON)
    assert task is not None
    assert task.bits == throttle.STORM_BITS


@pytest.mark.slow
def test_five_thousand_people_behind_one_address_are_served(door: Door) -> None:
    """RELIABILITY S14: a company, a school, a Tor exit; within ten minutes, each with a browser."""
    worked = 0
    for at in range(5_000):
        door.now = NOON + at * timedelta(minutes=10) / 5_000
        answer = door.knock(word=str(at))
        if answer.status_code == 429:
            worked += 1
            answer = door.knock(**solved(asked(answer), door.now))
        assert answer.content.decode() == f"served: {at}"

    assert door.served == 5_000
    assert worked > 4_000


def test_control_an_address_that_is_barred_would_turn_them_away(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How it is not done: so many per address, and then a locked door."""
    monkeypatch.setattr(work, "is_done", lambda *_, **__: False)
    form: dict[str, Any] = {}
    for _ in range(60):
        answer = door.knock(**form)
        form = solved(asked(answer)) if answer.status_code == 429 else {}

    assert door.served == throttle.NEIGHBOURHOOD.size


def test_no_address_is_kept(door: Door) -> None:
    door.crowd(3)
    rows = sql.rows("SELECT b::text FROM throttle_bucket b")

    assert len(rows) == 2
    assert not [row for (row,) in rows if "198.51" in str(row)]
