"""Guessing at the staff's door: slow for strangers, and never a lock for the owner (S3, S5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tresen.domains.accounts.models import Session, User
from tresen.entrypoints.backoffice.signin import factors, tries
from tresen.entrypoints.shared import throttle
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import LOSUNG, shopper, staff
from tresen.foundation.throttle.buckets import Bucket

pytestmark = pytest.mark.django_db

LOGIN, SECOND = "/staff/account/login/", "/staff/account/second-factor/"
SECRET = totp.generate_totp_secret()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def frieda(time: Clock, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([58_000_000]))
    user = staff()
    totp.TOTP.activate(user, SECRET)
    return user


def sign_in(browser: Client, password: str = LOSUNG, name: str = "frieda") -> Any:
    return browser.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR="192.0.2.7")


def code() -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, counter)))


def is_right(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"].startswith(SECOND))


def came_in(browser: Client) -> bool:
    return browser.get("/staff/profile/").status_code == 200


def own_device(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser that frieda has signed in from, and out again."""
    browser = Client()
    sign_in(browser)
    browser.post(SECOND, {"code": code()})
    assert came_in(browser)
    browser.post("/staff/account/logout/")
    return browser


def test_strangers_have_six_tries_and_then_one_in_ten_minutes(frieda: User, time: Clock) -> None:
    answers = [sign_in(Client(), "falsch!") for _ in range(8)]
    assert ["zu oft" in answer.content.decode() for answer in answers] == [False] * 6 + [True] * 2

    assert not is_right(sign_in(Client()))
    time.pass_(timedelta(minutes=10))
    assert is_right(sign_in(Client()))


def test_a_right_password_gives_its_try_back(frieda: User) -> None:
    assert [is_right(sign_in(Client())) for _ in range(9)] == [True] * 9


def test_the_owner_comes_in_from_their_own_device_while_others_guess(
    frieda: User, monkeypatch: pytest.MonkeyPatch, time: Clock
) -> None:
    browser = own_device(monkeypatch)
    time.pass_(timedelta(minutes=3))
    for _ in range(8):
        sign_in(Client(), "geraten!")

    assert not is_right(sign_in(Client()))
    assert is_right(sign_in(browser))


def test_control_without_devices_of_their_own_an_attacker_locks_the_owner_out(
    frieda: User, monkeypatch: pytest.MonkeyPatch, time: Clock
) -> None:
    browser = own_device(monkeypatch)
    monkeypatch.setattr(tries, "knows_staff", lambda **_: False)
    for _ in range(8):
        sign_in(Client(), "geraten!")

    assert not is_right(sign_in(browser))


def test_a_device_cookie_of_somebody_else_is_a_strangers(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = own_device(monkeypatch)
    staff("hinnerk")
    for _ in range(6):
        sign_in(Client(), "geraten!", name="hinnerk")

    assert "zu oft" in sign_in(browser, name="hinnerk").content.decode()


def test_a_burst_is_asked_for_work_and_the_right_password_goes_on(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Bucket(name="few", size=3, refill=timedelta(hours=1))
    monkeypatch.setattr(throttle, "NEIGHBOURHOOD", few)
    for at in range(3):
        sign_in(Client(), "geraten!", name=f"nobody-{at}")

    answer = sign_in(Client())

    assert answer.status_code == 429
    assert 'value="eine lange Losung"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_code_of_the_app_opens_once_in_all_processes(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda *_: True)  # another process
    browsers = [Client(), Client()]
    given = code()
    for browser in browsers:
        sign_in(browser)
        browser.post(SECOND, {"code": given})

    assert [came_in(browser) for browser in browsers] == [True, False]


def test_control_without_our_note_the_code_opens_twice(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda *_: True)
    monkeypatch.setattr(factors, "take_once", lambda **_: True)
    browsers = [Client(), Client()]
    given = code()
    for browser in browsers:
        sign_in(browser)
        browser.post(SECOND, {"code": given})

    assert [came_in(browser) for browser in browsers] == [True, True]


def test_codes_are_guessed_a_few_times_only(frieda: User) -> None:
    browser = Client()
    sign_in(browser)
    right = code()
    wrong = "000000" if right != "000000" else "111111"

    words = [browser.post(SECOND, {"code": wrong}).content.decode() for _ in range(7)]

    assert ["zu oft" in word for word in words] == [False] * 5 + [True] * 2
    assert "zu oft" in browser.post(SECOND, {"code": right}).content.decode()
    assert not came_in(browser)


def test_a_shoppers_password_is_right_nowhere_behind_the_counter(frieda: User) -> None:
    user = shopper()
    user.set_password(LOSUNG)
    user.save()

    answer = sign_in(Client(), name=user.username)

    assert answer.status_code == 200
    assert not Session.objects.filter(user=user).exists()
