"""Sign-ins from devices that an account was not used from: asked for a code, told, thrown out."""

from __future__ import annotations

from typing import Any

import pytest

from tresen.domains.accounts.models import Device, Session, User
from tresen.domains.conversations.types import LetterKind
from tresen.domains.risk.types import LoginSignals
from tresen.entrypoints.storefront.account.tests.make import (
    CONFIRM,
    ERIKA,
    PASSWORD,
    Shopper,
    code_of,
    letters,
    link_of,
    the_letter,
)
from tresen.foundation import sql
from tresen.workflows.trusting import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(erika: Shopper) -> Shopper:
    """Erika at the device she opened the account with, signed out."""
    erika.open_account()
    erika.post("/account/sign-out/")
    letters()
    return erika


@pytest.fixture
def other(account: Shopper) -> Shopper:
    return Shopper(account.time)


def deeds() -> list[tuple[object, object]]:
    found = sql.rows(
        "SELECT action, actor_id IS NOT NULL FROM audit_deed"
        " WHERE action LIKE 'session%%' OR action LIKE 'device%%' ORDER BY id"
    )
    return [(action, has_actor) for action, has_actor in found]


def test_a_password_alone_leads_in_at_a_known_device_only(account: Shopper, other: Shopper) -> None:
    page = other.try_password()["Location"]

    assert "/mailed/" in page
    assert not other.is_in()
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (CONFIRM, ERIKA)
    assert "/account/link/" not in str(letter.payload), "no link in it leads in"
    assert other.get(page).status_code == 200
    assert other.post(page, code="0000 0000").status_code == 422
    assert other.post(page, code=code_of(letter))["Location"] == "/de/account/"
    assert other.is_in()
    other.post("/account/sign-out/")
    assert other.try_password()["Location"] == "/de/account/", "known from now on"
    assert account.try_password()["Location"] == "/de/account/"


def test_control_if_every_device_were_known_a_stolen_password_would_open(
    other: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "is_known_device", lambda **_: True)

    other.try_password()

    assert other.is_in()


def test_the_code_works_in_the_browser_that_was_asked(account: Shopper, other: Shopper) -> None:
    page = other.try_password()["Location"]
    code = code_of(the_letter())
    thief = Shopper(account.time)
    theirs = thief.try_password()["Location"]

    assert thief.post(theirs, code=code).status_code == 422
    assert not thief.is_in()
    assert other.post(page, code=code).status_code == 302


def test_a_new_device_is_told_of_in_the_owners_language_without_an_address(
    account: Shopper, other: Shopper
) -> None:
    User.objects.update(language="en")
    other.browser.defaults["REMOTE_ADDR"] = "203.0.113.9"
    page = other.try_password()["Location"]
    other.post(page, code=code_of(the_letter()))

    letter = the_letter()

    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_NEW_DEVICE, ERIKA)
    assert letter.locale == "en"
    assert letter.payload["seen_at"] == account.time.now.isoformat()
    assert letter.payload["device"] == ""
    assert "203.0.113" not in str(letter.payload)
    other.post("/account/sign-out/")
    other.try_password()
    assert letters() == [], "once"


def test_it_names_the_device_in_words(account: Shopper) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    other = Shopper(account.time)
    other.browser.defaults["HTTP_USER_AGENT"] = agent
    page = other.try_password()["Location"]
    other.post(page, code=code_of(the_letter()))

    letter = the_letter()

    assert letter.payload["device"] == "Firefox, Windows"
    assert "Firefox, Windows" in account.get(link_of(letter)).content.decode()
    account.try_password()
    assert "Firefox, Windows" in account.get("/account/security/").content.decode()


def test_opening_an_account_is_not_told_as_a_new_device(erika: Shopper) -> None:
    erika.open_account()
    assert [one.kind for one in letters()] == []


@pytest.fixture
def told(other: Shopper) -> str:
    """A thief with password and mailbox is in; the link of the letter."""
    page = other.try_password()["Location"]
    other.post(page, code=code_of(the_letter()))
    return link_of(the_letter())


def test_it_was_not_me_throws_the_device_out_and_leads_to_a_new_password(
    account: Shopper, other: Shopper, told: str
) -> None:
    account.try_password()
    victim = Shopper(account.time)

    assert victim.get(told).status_code == 200
    assert other.is_in(), "looking alone does nothing"
    assert victim.post(told)["Location"] == "/de/account/password/forgotten/"

    assert not other.is_in()
    assert account.is_in(), "one's own device stays"
    assert "/mailed/" in other.try_password()["Location"], "and it is a stranger's again"
    assert victim.post(told).status_code == 410
    assert victim.get(told).status_code == 410
    assert ("device.disown", True) in deeds()


def test_it_works_when_the_thief_has_signed_out_already(
    account: Shopper, other: Shopper, told: str
) -> None:
    other.post("/account/sign-out/")

    assert account.post(told).status_code == 302

    assert "/mailed/" in other.try_password()["Location"]


@pytest.mark.parametrize(("days", "status"), [(6, 302), (8, 410)])
def test_the_link_is_good_for_a_week(account: Shopper, told: str, days: int, status: int) -> None:
    account.time.pass_by(days=days)
    assert Shopper(account.time).post(told).status_code == status


def test_only_an_own_link_throws_a_device_out(account: Shopper, told: str) -> None:
    forged = told[:-6] + ("A" if told[-6] != "A" else "B") + told[-5:]

    assert account.post(forged).status_code == 404
    assert account.post(told.replace("was-this-you", "undo")).status_code == 404
    assert account.post(told.replace("/de/account", "/staff/account")).status_code == 404
    assert Device.objects.count() == 2


def test_without_a_password_it_leads_to_the_page_for_signing_in(
    account: Shopper, told: str
) -> None:
    User.objects.update(password="!")
    assert account.post(told)["Location"] == "/de/account/sign-in/"


def test_coming_going_and_failing_are_a_row_of_the_audit_each(
    account: Shopper, other: Shopper
) -> None:
    sql.run("TRUNCATE audit_deed CASCADE")
    account.try_password(password="falsch geraten")
    account.try_password("niemand@example.com", "falsch geraten")
    account.try_password()
    (session,) = Session.objects.filter(user__isnull=False).values_list("id", flat=True)
    account.post("/account/sign-out/")
    page = other.try_password()["Location"]
    other.post(page, code="00000000")

    assert sorted(deeds()) == [
        ("session.begin", True),
        ("session.end", True),
        *[("session.refuse", False)] * 3,
    ]
    sessions = sql.rows("SELECT DISTINCT session FROM audit_deed WHERE actor_id IS NOT NULL")
    assert sessions == [(str(session),)]
    assert "geraten" not in str(sql.rows("SELECT d::text FROM audit_deed d"))


def test_a_device_that_tried_many_accounts_is_asked_for_a_code_although_known(
    account: Shopper,
) -> None:
    """The score at login: the owner's own browser, abused to try other people's passwords."""
    for number in range(3):
        Shopper(account.time).open_account(f"opfer{number}@example.com")
        account.try_password(f"opfer{number}@example.com", "falsch geraten")
    letters()

    page = account.try_password()["Location"]

    assert "/mailed/" in page
    assert account.post(page, code=code_of(letters()[-1])).status_code == 302


def test_control_without_the_score_it_would_come_in_by_the_password(
    account: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        def answer(self) -> LoginSignals:
            return LoginSignals()

    monkeypatch.setattr(sign_in, "ask_login_signals", lambda **_: Silent())
    for number in range(3):
        Shopper(account.time).open_account(f"opfer{number}@example.com")
        account.try_password(f"opfer{number}@example.com", "falsch geraten")

    assert account.try_password()["Location"] == "/de/account/"


def test_strangers_who_guess_do_not_make_the_owner_type_codes(account: Shopper) -> None:
    for _ in range(8):
        Shopper(account.time).try_password(password="falsch geraten")

    assert account.try_password()["Location"] == "/de/account/"


NETWORKS = ["203.0.113.7", "198.51.100.9", "2001:db8::7", "192.0.2.55"]


@pytest.mark.parametrize("address", NETWORKS)
def test_a_vpn_or_datacentre_changes_nothing_about_signing_in(
    account: Shopper, address: str
) -> None:
    """LAW 10.5, S14: from a listed network a known device comes in by its password alone."""
    sql.run(
        "INSERT INTO risk_network (list, block) VALUES ('vpn', '203.0.113.0/24'),"
        " ('datacentre', '198.51.100.0/24'), ('vpn', '2001:db8::/32')"
    )

    def post(path: str, **typed: object) -> Any:
        return account.browser.post(f"/de{path}", typed, REMOTE_ADDR=address)

    answer = post("/account/sign-in/", email=ERIKA, password=PASSWORD)

    assert answer["Location"] == "/de/account/"
    for hop in NETWORKS:
        assert account.browser.get("/de/account/", REMOTE_ADDR=hop).status_code == 200
