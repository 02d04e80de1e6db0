"""How long sessions last, what renews them, and that ended is ended at once, everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tresen.domains.accounts.commands import end_session, end_sessions_of
from tresen.domains.accounts.models import Session, User
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.store import PROOFS, SessionStore
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import (
    WHO,
    person_of,
    seen_by,
    shopper,
    signed_in,
    staff,
)

LIMITS = settings.SESSION_LIMITS


@pytest.mark.parametrize("realm", list(Realm))
def test_unused_for_its_limit_a_session_is_over(pages: None, time: Clock, realm: Realm) -> None:
    user = person_of(realm)
    browser = signed_in(user)
    time.pass_(LIMITS[realm].idle - timedelta(seconds=1))
    assert seen_by(browser, realm) == str(user.id)
    time.pass_(LIMITS[realm].idle)

    assert seen_by(browser, realm) == "nobody"


@pytest.mark.parametrize("realm", list(Realm))
def test_however_busy_it_is_over_in_the_end(pages: None, time: Clock, realm: Realm) -> None:
    user = person_of(realm)
    browser = signed_in(user)
    limits = LIMITS[realm]
    step = limits.idle * 0.9
    for _ in range(int(limits.absolute / step)):
        time.pass_(step)
        assert seen_by(browser, realm) == str(user.id)
    time.pass_(step)

    assert seen_by(browser, realm) == "nobody"


def test_still_being_there_is_noted_once_a_minute(pages: None, time: Clock) -> None:
    browser = signed_in(shopper())

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            seen_by(browser, Realm.SHOP)
        return len(found)

    assert asked() == 2
    time.pass_(timedelta(minutes=1))
    assert [asked(), asked()] == [3, 2]


@pytest.mark.parametrize("realm", list(Realm))
def test_an_ended_session_is_refused_on_the_next_request(pages: None, realm: Realm) -> None:
    user = person_of(realm)
    browser = signed_in(user)
    assert seen_by(browser, realm) == str(user.id)

    assert end_session(session_id=Session.objects.get().id)

    assert seen_by(browser, realm) == "nobody"


def test_signed_out_everywhere_but_here(pages: None) -> None:
    user = shopper()
    browsers = [signed_in(user) for _ in range(3)]
    here = SessionStore(browsers[0].cookies["shop"].value, realm=Realm.SHOP)
    assert here["_auth_user_id"] == str(user.id)

    assert end_sessions_of(user_id=user.id, but=here.id) == 2

    seen = [seen_by(browser, Realm.SHOP) for browser in browsers]
    assert seen == [str(user.id), "nobody", "nobody"]


def test_a_request_that_outlives_its_session_does_not_bring_it_back(pages: None) -> None:
    browser = signed_in(shopper())
    store = SessionStore(browser.cookies["shop"].value, realm=Realm.SHOP)
    store["kept"] = "x"
    end_session(session_id=Session.objects.get().id)

    with pytest.raises(UpdateError):
        store.save()

    assert not Session.objects.exists()


def test_signing_in_makes_a_new_session_and_voids_the_old_key(pages: None) -> None:
    staff()
    browser = Client()
    browser.get("/staff/keep/?word=planted")
    before = browser.cookies["staff"].value

    browser.post("/staff/account/login/", {"login": "frieda", "password": "eine lange Losung"})

    assert browser.cookies["staff"].value != before
    planted = Client()
    planted.cookies["staff"] = before
    assert seen_by(planted, Realm.STAFF) == "nobody"
    assert seen_by(browser, Realm.STAFF) == str(User.objects.get().id)


def test_a_new_proof_renews_the_key_and_keeps_the_session(pages: None, time: Clock) -> None:
    browser = signed_in(staff())
    old = browser.cookies["staff"].value
    session_id = Session.objects.get().id
    time.pass_(timedelta(minutes=30))
    store = SessionStore(old, realm=Realm.STAFF)
    assert store.is_rested
    store[PROOFS] = [{"method": "password", "at": 1.0}]

    store.save()

    assert store.session_key != old
    row = Session.objects.get()
    assert (row.id, row.proven_at, row.rested) == (session_id, time.now, False)
    assert seen_by(browser, Realm.STAFF) == "nobody"


def test_away_for_a_while_is_remembered_until_the_next_proof(pages: None, time: Clock) -> None:
    browser = signed_in(staff())
    rest = LIMITS[Realm.STAFF].rest
    assert rest
    time.pass_(rest + timedelta(seconds=1))
    seen_by(browser, Realm.STAFF)

    assert Session.objects.get().rested
    time.pass_(timedelta(minutes=2))
    browser.get("/staff/keep/?word=x")
    assert Session.objects.get().rested


def test_a_session_hops_over_twenty_networks_and_countries(pages: None, time: Clock) -> None:
    """RELIABILITY S14: nobody is bound to an address."""
    for realm in Realm:
        user = person_of(realm)
        browser = signed_in(user)
        for hop in range(20):
            time.pass_(timedelta(seconds=30))
            address = f"{11 + hop * 9}.{hop}.7.9" if hop % 2 else f"2a0{hop % 10}:{hop:x}::1"
            answer = browser.get(
                WHO[realm],
                REMOTE_ADDR=address,
                HTTP_X_FORWARDED_FOR=address,
                HTTP_ACCEPT_LANGUAGE=("de", "en", "fr", "pl")[hop % 4],
            )
            assert answer.content.decode() == str(user.id)


def test_no_column_holds_an_address_of_the_network(pages: None) -> None:
    signed_in(shopper()).get("/de/keep/?word=x", REMOTE_ADDR="203.0.113.77")

    told = str(list(Session.objects.values_list()))

    assert "203.0.113" not in told
    assert not [f.name for f in Session._meta.fields if "ip" in f.name.split("_")]
