"""What is set, and when: nothing for those who only look; `__Host-` under TLS."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from tresen.domains.accounts.models import Session
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions import devices
from tresen.entrypoints.shared.sessions.devices import (
    device_hash_of,
    hash_of_token,
    new_device_token,
)
from tresen.entrypoints.shared.sessions.realms import device_cookie_of, session_cookie_of
from tresen.entrypoints.shared.sessions.tests.make import seen_by, shopper, signed_in, staff
from tresen.workflows.buying.tests.make import small_shop


def test_who_only_looks_gets_no_session_and_no_cookie_of_ours(db: None) -> None:
    small_shop()
    browser = Client()

    for path in ("/", "/de/", "/de/search/?q=tee", "/de/cart/"):
        browser.get(path, follow=True)

    assert set(browser.cookies) <= {"csrf"}
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", ["/de/who/", "/staff/who/"])
def test_without_a_cookie_nothing_is_asked(pages: None, path: str) -> None:
    browser = Client()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(path)

    assert asked.captured_queries == []


def test_a_signed_in_request_asks_for_the_session_and_the_person(pages: None) -> None:
    browser = signed_in(shopper())

    with CaptureQueriesContext(connection) as asked:
        seen_by(browser, Realm.SHOP)

    told = [query["sql"] for query in asked.captured_queries]
    assert len(told) == 2
    assert "accounts_session" in told[0]
    assert "accounts_user" in told[1]


def test_a_made_up_cookie_is_taken_back(pages: None) -> None:
    browser = Client()
    browser.cookies["shop"] = "made-up-" * 6

    assert seen_by(browser, Realm.SHOP) == "nobody"
    assert browser.cookies["shop"].value == ""


def test_names_and_marks_of_the_cookies_under_tls(pages: None) -> None:
    with override_settings(HTTPS=True, SESSION_COOKIE_NAME="__Host-staff"):
        browser = signed_in(shopper())
        answer = browser.get("/de/keep/?word=x", secure=True)

        assert session_cookie_of(Realm.STAFF) == "__Host-staff"
        assert device_cookie_of(Realm.SHOP) == "__Host-shop-device"
        morsel = answer.cookies["__Host-shop"]
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == (True, True, "Lax")
        assert (morsel["path"], morsel["domain"]) == ("/", "")


def test_the_staffs_cookie_ends_with_the_browser_and_the_customers_is_remembered(
    pages: None,
) -> None:
    kept = signed_in(shopper()).get("/de/keep/?word=x").cookies["shop"]
    passing = signed_in(staff()).get("/staff/keep/?word=x").cookies["staff"]

    assert kept["max-age"] == settings.SESSION_LIMITS[Realm.SHOP].idle.total_seconds()
    assert passing["max-age"] == ""


def test_nothing_in_the_table_opens_or_tells_a_session(pages: None) -> None:
    browser = signed_in(shopper())
    browser.get("/de/keep/?word=Kanarienvogel")
    key = browser.cookies["shop"].value

    told = [
        str(value).encode() if not isinstance(value, bytes | memoryview) else bytes(value)
        for row in Session.objects.values_list()
        for value in row
    ]

    assert not [value for value in told if key.encode() in value or b"Kanarien" in value]
    assert browser.get("/de/keep/").status_code == 200


def test_a_device_cookie_that_is_not_signed_by_us_is_none(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_device_token(Realm.SHOP)
    request = RequestFactory().get("/de/")

    def found(value: str, realm: Realm = Realm.SHOP) -> bytes | None:
        request.COOKIES = {device_cookie_of(realm): value}
        return device_hash_of(request, realm)

    assert found(token) == hash_of_token(token)
    forged = [token[:-1] + "A" if token[-1] != "A" else token[:-1] + "B", token[:-4], "", "é" * 48]
    assert [found(value) for value in forged] == [None] * 4
    assert found(token, Realm.STAFF) is None
    monkeypatch.setattr(devices, "_is_ours", lambda *_: True)  # the control
    assert found("A" * 48) is not None
