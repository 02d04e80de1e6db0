"""One's own sessions: all listed, each to be ended, nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tresen.domains.accounts.models import Session, User
from tresen.entrypoints.shared.sessions.labels import device_of
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import LOSUNG, signed_in, staff
from tresen.foundation import sql
from tresen.foundation.ids import outer

pytestmark = pytest.mark.django_db

PROFILE = "/staff/profile/"


@pytest.fixture
def frieda() -> User:
    user = staff()
    TOTP.activate(user, generate_totp_secret())
    return user


def address_of(session: Session) -> str:
    return f"/staff/profile/sessions/{outer('ses', session.id)}/"


def audited() -> list[str]:
    return [str(row[0]) for row in sql.rows("SELECT action FROM audit_deed ORDER BY id")]


def is_in(browser: Client) -> bool:
    return browser.get(PROFILE).status_code == 200


CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (f"(Windows NT 10.0; Win64) {CHROME} Safari/537.36 Edg/140.0.0.0", "Edge, Windows"),
        (f"(iPhone; CPU iPhone OS 18_0 like Mac OS X) {SAFARI}", "Safari, iPhone"),
        (f"(Linux; Android 15) {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_two_plain_words(said: str, words: str) -> None:
    assert device_of(said) == words


def test_all_sessions_are_listed_and_the_own_is_marked(frieda: User) -> None:
    browsers = [signed_in(frieda) for _ in range(3)]

    page = browsers[0].get(PROFILE).content.decode()

    assert page.count("/staff/profile/sessions/ses_") == 3
    assert page.count("Dieses Gerät, gerade jetzt") == 1
    assert "no-store" in browsers[0].get(PROFILE)["Cache-Control"]


def test_an_ended_session_is_over_at_once_and_the_deed_is_kept(frieda: User) -> None:
    here, there = signed_in(frieda), signed_in(frieda)
    other = Session.objects.order_by("made_at", "id").last()
    assert other
    assert is_in(there)

    here.post(address_of(other))

    assert (is_in(here), is_in(there)) == (True, False)
    assert audited()[-1:] == ["session.end"]


def test_everywhere_else_is_one_button(frieda: User) -> None:
    browsers = [signed_in(frieda) for _ in range(4)]

    browsers[2].post("/staff/profile/sessions/others/")

    assert [is_in(browser) for browser in browsers] == [False, False, True, False]


def test_nobody_ends_somebody_elses_session(frieda: User) -> None:
    other = staff("hinnerk")
    TOTP.activate(other, generate_totp_secret())
    theirs = signed_in(other)
    session = Session.objects.get(user=other)

    answer = signed_in(frieda).post(address_of(session))

    assert answer.status_code == 404
    assert is_in(theirs)
    assert signed_in(frieda).post("/staff/profile/sessions/x/").status_code == 404


def test_a_new_password_signs_everybody_else_out(frieda: User) -> None:
    here, there = signed_in(frieda), signed_in(frieda)

    answer = here.post(
        "/staff/account/password/",
        {
            "oldpassword": LOSUNG,
            "password1": "ein anderes langes Wort",
            "password2": "ein anderes langes Wort",
        },
    )

    assert answer.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert "account.password_changed" in audited()


def test_a_changed_factor_signs_everybody_else_out(frieda: User) -> None:
    here, there = signed_in(frieda), signed_in(frieda)

    here.post("/staff/account/factors/app/off/")

    assert here.get(PROFILE)["Location"] == "/staff/account/factors/app/"
    assert there.get(PROFILE)["Location"].startswith("/staff/account/login/")
    assert "account.second_step_off" in audited()


def test_factors_are_changed_after_a_fresh_proof_only(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Clock(monkeypatch)
    browser = signed_in(frieda)
    time.pass_(timedelta(minutes=6))

    for page in ("passkeys/new/", "codes/new/", "app/off/"):
        led = browser.get(f"/staff/account/factors/{page}")
        assert "reauthenticate" in led["Location"], page
