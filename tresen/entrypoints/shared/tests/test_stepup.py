"""Before what is dangerous one proves anew who one is, in both realms; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tresen.domains.accounts.models import Session
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared import stepup
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import (
    LOSUNG,
    signed_in,
    staff,
    with_pages,
)

ASKS = "/staff/account/reauthenticate/"


def danger(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"done: {request.POST.get('word', '')}")


DANGEROUS = [
    path("staff/danger/", stepup.step_up(danger), name="probe"),
    path("staff/till/", stepup.near_money(danger), name="probe"),
]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def browser(db: None, time: Clock) -> Client:
    return signed_in(staff())


@pytest.fixture(autouse=True)
def _pages() -> Iterator[None]:
    with with_pages(*DANGEROUS):
        yield


def test_signing_in_is_a_proof_for_five_minutes(browser: Client, time: Clock) -> None:
    time.pass_(settings.STEP_UP_FRESH)
    assert browser.get("/staff/danger/").content == b"done: "
    time.pass_(timedelta(seconds=1))

    answer = browser.get("/staff/danger/?page=2")

    assert answer["Location"] == f"{ASKS}?next=%2Fstaff%2Fdanger%2F%3Fpage%3D2"


def test_after_the_proof_it_goes_on_with_what_was_typed_and_a_new_key(
    browser: Client, time: Clock
) -> None:
    time.pass_(timedelta(minutes=6))
    led = browser.post("/staff/danger/", {"word": "Zahlung"})
    before = browser.cookies["staff"].value

    wrong = browser.post(led["Location"], {"password": "falsch", "next": "/staff/danger/"})
    assert wrong.status_code == 200
    right = browser.post(led["Location"], {"password": LOSUNG, "next": "/staff/danger/"})

    assert right.content.decode() == "done: Zahlung"
    assert browser.cookies["staff"].value != before
    assert Session.objects.get().proven_at == time.now
    assert browser.get("/staff/danger/").content == b"done: "


def test_parts_of_a_page_lead_the_whole_page_there(browser: Client, time: Clock) -> None:
    time.pass_(timedelta(minutes=6))

    answer = browser.get("/staff/danger/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"].split("?")[0]) == (204, ASKS)


def test_money_asks_whoever_was_away_for_a_quarter_of_an_hour(browser: Client, time: Clock) -> None:
    rest = settings.SESSION_LIMITS[Realm.STAFF].rest or timedelta()
    time.pass_(rest)
    assert browser.get("/staff/till/").content == b"done: "
    time.pass_(rest + timedelta(seconds=1))
    browser.get("/staff/who/")
    time.pass_(timedelta(minutes=1))

    led = browser.post("/staff/till/", {"word": "x"})
    assert led["Location"].startswith(ASKS)
    answer = browser.post(led["Location"], {"password": LOSUNG, "next": "/staff/till/"})

    assert answer.content == b"done: x"


def test_control_without_the_look_at_the_proof_it_would_be_done(
    browser: Client, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    time.pass_(timedelta(days=1) / 24)
    monkeypatch.setattr(stepup, "is_fresh", lambda _request: True)

    assert browser.post("/staff/danger/").content == b"done: "


@pytest.mark.parametrize("address", ["/staff/orders/?format=csv"])
def test_exports_of_people_need_a_proof(browser: Client, time: Clock, address: str) -> None:
    browser.get("/staff/account/factors/app/")
    time.pass_(timedelta(minutes=6))

    assert browser.get(address)["Location"].startswith("/staff/account/")
