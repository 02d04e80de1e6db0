"""What is told to the staff by mail: new devices, changed passwords and factors; and taken back."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tresen.domains.accounts.commands import hire
from tresen.domains.accounts.events import CredentialsChanged
from tresen.domains.accounts.models import Change, Device, User
from tresen.domains.accounts.queries import find_identified
from tresen.domains.accounts.types import Role
from tresen.domains.conversations.commands import claim_letter, mark_sent
from tresen.domains.conversations.types import Letter, LetterKind
from tresen.entrypoints.backoffice.signin import telling
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import LOSUNG, signed_in, staff
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.events import revive
from tresen.workflows.buying.tests.make import small_shop
from tresen.workflows.reactions.credentials_changed import ask_was_this_you
from tresen.workflows.trusting.link_identity import link_account, unlink_account

pytestmark = pytest.mark.django_db
LOGIN, SECOND = "/staff/account/login/", "/staff/account/second-factor/"
ISSUER = "https://id.example"
NEW = "ein anderes langes Wort"
_PATH = re.compile(r"https?://[^/]+(/\S*)")


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([58_000_000]))
    return Clock(monkeypatch)


@pytest.fixture
def frieda(time: Clock) -> User:
    """With an app and recovery codes; Olga owns the shop."""
    small_shop()
    hire(
        username="olga",
        display_name="Olga Eigen",
        email="olga@schapp.example",
        role=Role.OWNER,
        password=LOSUNG,
        now=time.now,
    )
    user = staff()
    totp.TOTP.activate(user, totp.generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def letters() -> list[Letter]:
    facts = sql.rows(
        "SELECT id, body, happened_at FROM journal_fact WHERE kind = 'CredentialsChanged'"
    )
    for fact_id, body, happened_at in facts:
        at: Any = happened_at
        event = revive(CredentialsChanged, body=json.loads(str(body)), happened_at=at)
        assert isinstance(event, CredentialsChanged)
        ask_was_this_you(event)
        sql.run("DELETE FROM journal_fact WHERE id = %s", (fact_id,))
    found = []
    while letter := claim_letter(now=clock.now()):
        mark_sent(letter_id=letter.id, now=clock.now())
        found.append(letter)
    return found


def link_of(letter: Letter) -> str:
    match = _PATH.fullmatch(str(letter.payload["link_url"]))
    assert match is not None
    return match[1]


def sign_in(browser: Client) -> None:
    browser.post(LOGIN, {"login": "frieda", "password": LOSUNG})
    factor = Authenticator.objects.get(user__username="frieda", type="recovery_codes")
    code = RecoveryCodes(factor).get_unused_codes()[0]
    browser.post(SECOND, {"code": code})
    assert is_in(browser)


def is_in(browser: Client) -> bool:
    return browser.get("/staff/profile/").status_code == 200


def change_password(browser: Client, new: str = NEW) -> None:
    typed = {"oldpassword": LOSUNG, "password1": new, "password2": new}
    browser.post("/staff/account/password/", typed)


def agent() -> Client:
    return Client(
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"},
        REMOTE_ADDR="203.0.113.9",
    )


def test_a_new_device_is_told_once_in_words_and_without_an_address(frieda: User) -> None:
    browser = agent()
    sign_in(browser)

    (letter,) = letters()

    assert letter.kind is LetterKind.ACCOUNT_NEW_DEVICE
    assert (letter.recipient, letter.locale) == ("frieda@schapp.example", "de")
    assert letter.payload["device"] == "Firefox, Linux"
    assert "203.0.113" not in str(letter.payload)
    browser.post("/staff/account/logout/")
    sign_in(browser)
    assert letters() == [], "it is known now"


def test_letters_are_in_the_language_of_the_known_devices(frieda: User) -> None:
    own = Client(headers={"accept-language": "en"})
    sign_in(own)
    own.post("/staff/account/logout/")
    sign_in(own)
    letters()
    sign_in(Client(headers={"accept-language": "de"}))  # a thief, say

    (letter,) = letters()

    assert letter.locale == "en"


def test_it_was_not_me_ends_the_session_and_tells_the_owners(frieda: User) -> None:
    thief, victim = agent(), Client()
    sign_in(thief)
    (letter,) = letters()
    link = link_of(letter)

    page = victim.get(link)
    assert "Firefox, Linux" in page.content.decode()
    assert is_in(thief), "looking alone does nothing"
    answer = victim.post(link)

    assert answer.status_code == 200
    assert "Olga Eigen" in answer.content.decode(), "who can help"
    assert not is_in(thief)
    assert not Device.objects.exists()
    (told,) = letters()
    assert (told.kind, told.recipient) == (LetterKind.STAFF_DISOWNED, "olga@schapp.example")
    assert told.payload["who"] == "Frieda"
    assert victim.post(link).status_code == 410
    rows = sql.rows("SELECT actor_id FROM audit_deed WHERE action = 'device.disown'")
    assert rows == [(frieda.id,)]


def test_a_changed_password_is_told_and_taken_back_without_signing_in(frieda: User) -> None:
    thief, victim = signed_in(frieda), Client()
    change_password(thief)
    assert not User.objects.get(id=frieda.id).check_password(LOSUNG)

    (letter,) = letters()
    assert (letter.kind, letter.payload["change"]) == (
        LetterKind.ACCOUNT_CHANGED,
        "password_changed",
    )
    link = link_of(letter)
    assert link.startswith("/staff/account/undo/")
    assert victim.get(link).status_code == 200
    assert is_in(thief), "looking alone does nothing"
    assert victim.post(link)["Location"] == LOGIN

    assert not is_in(thief)
    assert User.objects.get(id=frieda.id).check_password(LOSUNG)
    (restored,) = letters()
    assert restored.kind is LetterKind.ACCOUNT_RESTORED
    assert victim.post(link).status_code == 410
    assert victim.get(link).status_code == 410
    actions = [row[0] for row in sql.rows("SELECT action FROM audit_deed")]
    assert actions.count("account.password_changed") == 1
    assert actions.count("account.undo") == 1


def test_one_link_throws_out_a_thief_who_changed_everything(frieda: User) -> None:
    thief = signed_in(frieda)
    change_password(thief)
    thief.post("/staff/account/factors/codes/new/")
    thief.post("/staff/account/factors/app/off/")
    first, *later = letters()
    assert [letter.payload["change"] for letter in later] == ["codes_renewed", "second_step_off"]
    assert not Authenticator.objects.filter(type="totp").exists()

    Client().post(link_of(first))

    kinds = set(Authenticator.objects.values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert User.objects.get(id=frieda.id).check_password(LOSUNG)
    assert [Client().post(link_of(letter)).status_code for letter in later] == [410, 410]
    sign_in(Client())


def test_what_was_refused_is_told_to_nobody(frieda: User) -> None:
    browser = signed_in(frieda)
    change_password(browser, new="kurz")

    assert letters() == []
    assert not Change.objects.exists()
    assert is_in(browser)


def test_where_there_was_no_factor_taking_back_leaves_no_way_in(frieda: User) -> None:
    """Else a stolen mailbox and a stolen password would lead around the second factor."""
    Authenticator.objects.all().delete()
    browser = signed_in(frieda)
    page = browser.get("/staff/account/factors/app/")
    form = page.context["form"]
    code = totp.format_hotp_value(totp.hotp_value(form.secret, 58_000_000))
    browser.post("/staff/account/factors/app/", {"code": code})
    (letter,) = letters()
    assert letter.payload["change"] == "second_step_on"

    Client().post(link_of(letter))

    user = User.objects.get(id=frieda.id)
    assert not user.has_usable_password()
    assert not Authenticator.objects.exists()
    assert not is_in(browser)


@pytest.mark.parametrize("hours", [73, 24 * 8])
def test_links_end(frieda: User, time: Clock, hours: int) -> None:
    change_password(signed_in(frieda))
    (letter,) = letters()
    time.pass_(timedelta(hours=hours))
    assert Client().post(link_of(letter)).status_code == 410


def test_a_shoppers_link_and_a_forged_one_open_nothing_here(frieda: User) -> None:
    sign_in(agent())
    (letter,) = letters()
    link = link_of(letter)
    forged = link[:-6] + ("A" if link[-6] != "A" else "B") + link[-5:]

    assert Client().post(forged).status_code == 404
    assert Client().post(link.replace("/staff/", "/de/")).status_code == 404
    assert Client().post(link.replace("was-this-you", "undo")).status_code == 404
    assert Device.objects.exists()


def test_control_a_page_that_is_not_watched_tells_nobody(
    frieda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "isinstance", lambda *_: False, raising=False)
    change_password(signed_in(frieda))

    assert not User.objects.get(id=frieda.id).check_password(LOSUNG)
    assert letters() == []


def link(user: User, subject: str) -> bool:
    return link_account(
        user_id=user.id, issuer=ISSUER, subject=subject, actor=SYSTEM, now=clock.now()
    )


def opens(subject: str) -> bool:
    return find_identified(issuer=ISSUER, subject=subject) is not None


def test_a_linked_company_sign_in_is_told_and_the_letter_takes_it_back(frieda: User) -> None:
    assert link(frieda, "known")
    letters()
    assert link(frieda, "stolen")
    assert opens("stolen")

    (letter,) = letters()
    told = (letter.recipient, letter.payload["change"])
    assert told == ("frieda@schapp.example", "identity_linked")
    Client().post(link_of(letter))

    assert opens("known")
    assert not opens("stolen")


def test_an_unlinked_company_sign_in_is_told_and_comes_back(frieda: User) -> None:
    link(frieda, "known")
    assert letters()
    unlink_account(user_id=frieda.id, actor=SYSTEM, now=clock.now())
    assert not opens("known")

    (letter,) = letters()
    assert letter.payload["change"] == "identity_unlinked"
    Client().post(link_of(letter))

    assert opens("known")


def test_control_linking_the_same_name_again_is_no_change(frieda: User) -> None:
    link(frieda, "known")
    letters()

    assert link(frieda, "known")

    assert letters() == []


def test_for_who_has_left_it_is_a_deed_and_no_letter(frieda: User) -> None:
    User.objects.filter(id=frieda.id).update(is_active=False)

    assert link(frieda, "known")
    assert unlink_account(user_id=frieda.id, actor=SYSTEM, now=clock.now())

    kept = sql.rows(
        "SELECT action FROM audit_deed WHERE action LIKE 'account.identity%%' ORDER BY 1"
    )
    assert kept == [("account.identity_linked",), ("account.identity_unlinked",)]
    assert letters() == []
