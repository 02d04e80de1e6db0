"""Ways in: password, mailed link and code, the second step; and out again."""

from __future__ import annotations

from typing import Any

import pytest

from tresen.domains.accounts.models import Proof, Session, User
from tresen.domains.conversations.types import LetterKind
from tresen.entrypoints.storefront.account.tests.make import (
    ERIKA,
    PASSWORD,
    Shopper,
    code_of,
    letters,
    link_of,
    the_letter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(erika: Shopper) -> Shopper:
    """Erika has one; the browser that is handed on is another one, signed out."""
    erika.open_account()
    letters()
    return Shopper(erika.time)


def test_address_and_password_lead_in_and_on(account: Shopper) -> None:
    answer = account.sign_in(next="/de/account/security/")

    assert answer["Location"] == "/de/account/security/"
    assert account.is_in()
    account.post("/account/sign-out/")
    assert not account.is_in()


@pytest.mark.parametrize(
    "way",
    ["https://böse.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil", "/" * 999],
)
def test_nobody_is_led_elsewhere(account: Shopper, way: str) -> None:
    assert account.sign_in(next=way)["Location"] == "/de/account/"


@pytest.mark.parametrize("typed", ["ERIKA@example.com", " erika@EXAMPLE.com "])
def test_case_and_spaces_of_the_address_do_not_matter(account: Shopper, typed: str) -> None:
    assert account.sign_in(typed).status_code == 302


def test_a_mailed_link_leads_in_once_and_only_by_its_button(account: Shopper) -> None:
    account.post("/account/sign-in/mail/", email=ERIKA)
    letter = the_letter()
    link = link_of(letter)

    assert letter.kind is LetterKind.ACCOUNT_SIGN_IN
    assert account.get(link).status_code == 200
    assert not account.is_in(), "opening it alone does nothing"
    assert account.post(link)["Location"] == "/de/account/"
    assert account.is_in()
    assert Shopper(account.time).post(link).status_code == 410


def test_the_code_of_the_mail_leads_in_where_it_was_asked_for(account: Shopper) -> None:
    page = account.post("/account/sign-in/mail/", email=ERIKA)["Location"]
    code = code_of(the_letter())

    assert account.post(page, code="0000 0000").status_code == 422
    assert account.post(page, code=code)["Location"] == "/de/account/"
    assert account.is_in()
    assert Shopper(account.time).post(page, code=code).status_code == 410


def test_five_codes_may_be_tried(account: Shopper) -> None:
    page = account.post("/account/sign-in/mail/", email=ERIKA)["Location"]
    code = code_of(the_letter())
    for _ in range(5):
        assert account.post(page, code="00000000").status_code == 422

    assert account.post(page, code=code).status_code == 410
    assert not account.is_in()


def test_link_and_code_are_good_for_twenty_minutes(account: Shopper) -> None:
    page = account.post("/account/sign-in/mail/", email=ERIKA)["Location"]
    letter = the_letter()
    account.time.pass_by(minutes=21)

    assert account.get(link_of(letter)).status_code == 410
    assert account.post(link_of(letter)).status_code == 410
    assert account.post(page, code=code_of(letter)).status_code == 410
    assert not account.is_in()


def test_a_letter_goes_to_the_address_that_was_proven(account: Shopper) -> None:
    """Whoever owns another spelling of a mailbox does not get the link."""
    account.post("/account/sign-in/mail/", email="ERIKA@Example.com")
    assert the_letter().recipient == ERIKA


def test_another_tongue_is_remembered(account: Shopper) -> None:
    account.sign_in()
    account.post("/account/profile/", name="Erika", language="en")
    account.post("/account/sign-out/")

    assert account.sign_in()["Location"] == "/en/account/"
    account.post("/account/sign-in/mail/", email=ERIKA)
    assert the_letter().locale == "en"


def reset_link(shopper: Shopper) -> str:
    shopper.post("/account/password/forgotten/", email=ERIKA)
    return link_of(the_letter())


def test_a_new_password_ends_every_session_and_the_link(account: Shopper) -> None:
    account.sign_in()
    link = reset_link(account)

    answer = account.post(link, password="eine neue losung")

    assert answer["Location"] == "/de/account/sign-in/"
    assert not account.is_in()
    assert not Session.objects.filter(user__isnull=False).exists()
    assert account.post(link, password="noch eine losung").status_code == 410
    assert account.sign_in(password=PASSWORD).status_code == 422
    assert account.sign_in(password="eine neue losung").status_code == 302
    assert the_letter().kind is LetterKind.ACCOUNT_CHANGED


def test_a_weak_one_keeps_the_link_good(account: Shopper) -> None:
    link = reset_link(account)
    assert account.post(link, password="kurz").status_code == 422
    assert account.post(link, password="eine neue losung").status_code == 302


def test_without_an_account_the_letter_says_so(account: Shopper) -> None:
    account.post("/account/password/forgotten/", email="niemand@example.com")
    letter = the_letter()
    assert (letter.kind, letter.recipient) == (LetterKind.ACCOUNT_NONE, "niemand@example.com")


def test_the_host_of_a_request_is_in_no_link(account: Shopper, settings: Any) -> None:
    """Poisoning of reset links by the Host header."""
    settings.ALLOWED_HOSTS = ["*"]
    account.browser.post(
        "/de/account/password/forgotten/",
        {"email": ERIKA},
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert "evil" not in str(the_letter().payload)


PURPOSES = {
    "/account/sign-in/mail/": "/account/link/",
    "/account/password/forgotten/": "/account/password/new/",
    "/account/sign-up/": "/account/join/",
}


@pytest.mark.parametrize("asked", PURPOSES)
@pytest.mark.parametrize("used", [*PURPOSES.values(), "/account/address/new/", "/account/undo/"])
def test_a_link_for_one_thing_is_none_for_another(account: Shopper, asked: str, used: str) -> None:
    """The binding of tokens: purpose."""
    address = "neu@example.com" if asked == "/account/sign-up/" else ERIKA
    account.post(asked, email=address)
    token = link_of(the_letter()).rstrip("/").rpartition("/")[2]
    before = User.objects.values_list("password", "generation").get()

    answer = account.post(f"{used}{token}/", password="fremde losung 7", name="M")

    if used == PURPOSES[asked]:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 404
        assert not account.is_in()
        assert User.objects.values_list("password", "generation").get() == before


@pytest.mark.parametrize("change", ["password", "address", "reset"])
@pytest.mark.parametrize("asked", ["/account/sign-in/mail/", "/account/password/forgotten/"])
def test_a_link_dies_when_the_account_changes(account: Shopper, asked: str, change: str) -> None:
    """The binding of tokens: state (Saleor CVE-2026-35407)."""
    account.post(asked, email=ERIKA)
    link = link_of(the_letter())
    _change(account, change)

    answer = Shopper(account.time).post(link, password="fremde losung 7")

    assert answer.status_code == 410


@pytest.mark.parametrize("asked", ["/account/sign-in/mail/", "/account/password/forgotten/"])
def test_without_the_binding_it_would_live_on(
    account: Shopper, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("tresen.domains.accounts.commands.proofs._fits", lambda _proof: True)
    account.post(asked, email=ERIKA)
    link = link_of(the_letter())
    Proof.objects.update(generation=0)
    _change(account, "password")
    User.objects.update(generation=0)

    assert Shopper(account.time).post(link, password="fremde losung 7").status_code == 302


def _change(shopper: Shopper, change: str) -> None:
    shopper.sign_in()
    if change == "password":
        assert shopper.post("/account/password/", password="neue losung 17").status_code == 302
    elif change == "address":
        shopper.post("/account/address/", email="neu@example.com")
        assert shopper.post(link_of(the_letter())).status_code == 302
    else:
        shopper.post("/account/password/forgotten/", email=ERIKA)
        assert shopper.post(link_of(the_letter()), password="neue losung 17").status_code == 302
    letters()


def test_a_stranger_cannot_lock_the_owner_out(account: Shopper) -> None:
    """Tries of strangers are limited; a device that the account was used from has its own."""
    known = Shopper(account.time)
    known.sign_in()
    known.post("/account/sign-out/")
    stranger = Shopper(account.time)
    answers = [stranger.sign_in(password=f"geraten {number}").status_code for number in range(12)]

    assert answers == [422] * 10 + [429] * 2
    assert stranger.sign_in().status_code == 429, "not even with the right one"
    assert known.sign_in().status_code == 302
    account.time.pass_by(minutes=16)
    assert stranger.sign_in().status_code == 302


def test_a_staff_login_is_none_in_the_shop(account: Shopper) -> None:
    for name in ("frieda", "frieda@schapp.example"):
        assert account.sign_in(name).status_code == 422
    user = User.objects.get()
    assert account.sign_in(user.username).status_code == 422
