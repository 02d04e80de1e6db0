"""Passkeys: enrolled, used, renamed, removed; and refused for whatever does not fit."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator

from tresen.domains.accounts.queries import find_shopper_at, list_factors_of
from tresen.domains.conversations.types import LetterKind
from tresen.entrypoints.storefront.account.tests.device import Device
from tresen.entrypoints.storefront.account.tests.make import (
    ERIKA,
    Shopper,
    letters,
    link_of,
    the_letter,
)
from tresen.entrypoints.storefront.account.tests.totp import turn_on

pytestmark = pytest.mark.django_db
_OPTIONS = re.compile(r'data-passkey-options="([^"]*)"')
_TOKEN = re.compile(r'name="token" value="([^"]*)"')


@pytest.fixture
def account(erika: Shopper) -> Shopper:
    erika.open_account()
    letters()
    return erika


def ceremony(shopper: Shopper, path: str) -> tuple[dict[str, Any], str]:
    """What the page hands to the device, and its token."""
    page = shopper.get(path).content.decode()
    options, token = _OPTIONS.search(page), _TOKEN.search(page)
    assert options is not None
    assert token is not None
    return json.loads(unescape(options[1])), token[1]


def enrol(shopper: Shopper, device: Device, *, name: str = "Telefon") -> Any:
    options, token = ceremony(shopper, "/account/passkeys/new/")
    answer = device.create(options)
    return shopper.post("/account/passkeys/new/", token=token, answer=answer, name=name)


def come_in(shopper: Shopper, device: Device, *, owner: UUID) -> Any:
    options, token = ceremony(shopper, "/account/sign-in/")
    answer = device.get(options, owner=owner)
    return shopper.post("/account/sign-in/passkey/", token=token, answer=answer)


def owner() -> UUID:
    found = find_shopper_at(ERIKA)
    assert found is not None
    return found.id


def test_a_passkey_is_enrolled_told_and_leads_in(account: Shopper) -> None:
    device = Device()

    assert enrol(account, device).status_code == 302

    letter = the_letter()
    assert (letter.kind, letter.payload["change"]) == (
        LetterKind.ACCOUNT_CHANGED,
        "passkey_added",
    )
    other = Shopper(account.time)
    assert come_in(other, device, owner=owner())["Location"] == "/de/account/"
    assert other.is_in()
    (factor,) = list_factors_of(owner())
    assert (factor.name, factor.used_at) == ("Telefon", account.time.now)


def test_the_options_ask_for_the_person_and_for_one_that_is_found_again(account: Shopper) -> None:
    options, _ = ceremony(account, "/account/passkeys/new/")

    assert options["rp"]["id"] == "testserver"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    enrol(account, device := Device())
    options, _ = ceremony(account, "/account/passkeys/new/")
    assert len(options["excludeCredentials"]) == 1
    assert device.id


def test_it_is_enough_where_a_second_step_is_on(account: Shopper) -> None:
    enrol(account, device := Device())
    turn_on(account)
    other = Shopper(account.time)

    assert come_in(other, device, owner=owner())["Location"] == "/de/account/"
    assert other.is_in()


WRONG = {
    "another origin": Device(origin="http://evil.example"),
    "another port": Device(origin="http://testserver:81"),
    "another host": Device(host="evil.example"),
    "nobody was asked": Device(verifies=False),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_is_not_enrolled(account: Shopper, wrong: str) -> None:
    assert enrol(account, WRONG[wrong]).status_code == 422
    assert list_factors_of(owner()) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_does_not_lead_in(account: Shopper, wrong: str) -> None:
    device = Device()
    enrol(account, device)
    bad = WRONG[wrong]
    fake = Device(bad.origin, bad.host, bad.verifies, key=device.key, id=device.id)
    other = Shopper(account.time)

    assert come_in(other, fake, owner=owner())["Location"] == "/de/account/sign-in/"
    assert not other.is_in()


def test_a_strange_key_with_a_known_name_does_not_lead_in(account: Shopper) -> None:
    device = Device()
    enrol(account, device)
    other = Shopper(account.time)

    come_in(other, Device(id=device.id), owner=owner())
    come_in(other, Device(), owner=owner())
    come_in(other, device, owner=UUID(int=7))

    assert not other.is_in()


def test_an_answer_counts_once_and_for_five_minutes(account: Shopper) -> None:
    enrol(account, device := Device())
    options, token = ceremony(Shopper(account.time), "/account/sign-in/")
    answer = device.get(options, owner=owner())
    first, second, late = (Shopper(account.time) for _ in range(3))

    first.post("/account/sign-in/passkey/", token=token, answer=answer)
    second.post("/account/sign-in/passkey/", token=token, answer=answer)
    options, token = ceremony(late, "/account/sign-in/")
    answer = device.get(options, owner=owner())
    account.time.pass_by(minutes=6)
    late.post("/account/sign-in/passkey/", token=token, answer=answer)

    assert (first.is_in(), second.is_in(), late.is_in()) == (True, False, False)


def test_an_offer_of_one_person_enrols_nothing_for_another(account: Shopper) -> None:
    other = Shopper(account.time)
    other.open_account("andere@example.com")
    options, token = ceremony(account, "/account/passkeys/new/")
    answer = Device().create(options)

    refused = other.post("/account/passkeys/new/", token=token, answer=answer, name="Fremd")

    assert refused.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 9_999, '{"response": 7}'])
def test_nonsense_is_refused(account: Shopper, answer: str) -> None:
    _, token = ceremony(account, "/account/passkeys/new/")
    bad = account.post("/account/passkeys/new/", token=token, answer=answer, name="X")
    assert bad.status_code == 422
    other = Shopper(account.time)
    _, token = ceremony(other, "/account/sign-in/")
    bad = other.post("/account/sign-in/passkey/", token=token, answer=answer)
    assert bad["Location"] == "/de/account/sign-in/"
    assert other.post("/account/sign-in/passkey/", token="x", answer=answer).status_code == 302


def test_it_is_renamed_and_removed_by_its_owner_alone(account: Shopper) -> None:
    enrol(account, device := Device())
    (factor,) = list_factors_of(owner())
    page = f"/account/passkeys/{factor.id}/"
    letters()
    other = Shopper(account.time)
    other.open_account("andere@example.com")

    assert other.get(page).status_code == 404
    assert other.post(page, name="Fremd").status_code == 404
    assert other.post(f"{page}removal/").status_code == 404
    account.post(page, name="Altes Telefon")
    assert "Altes Telefon" in account.get("/account/security/").content.decode()
    raw = str(Authenticator.objects.values_list("data", flat=True).get())
    assert "Altes Telefon" not in raw, "names lie sealed"

    assert account.post(f"{page}removal/").status_code == 302

    assert list_factors_of(owner()) == []
    come_in(thief := Shopper(account.time), device, owner=owner())
    assert not thief.is_in()


def test_a_passkey_that_a_thief_added_is_gone_after_the_undo(account: Shopper) -> None:
    enrol(account, device := Device())
    link = link_of(the_letter())

    Shopper(account.time).post(link)

    come_in(thief := Shopper(account.time), device, owner=owner())
    assert not thief.is_in()
    assert list_factors_of(owner()) == []


def test_a_passkey_proves_anew_what_a_stale_session_wants_to_change(account: Shopper) -> None:
    enrol(account, device := Device())
    account.time.pass_by(minutes=10)
    way = account.get("/account/password/")["Location"]
    options, token = ceremony(account, way)
    answer = device.get(options, owner=owner())

    done = account.post(
        "/account/sign-in/passkey/", token=token, answer=answer, next="/de/account/password/"
    )

    assert done["Location"] == "/de/account/password/"
    assert account.get("/account/password/").status_code == 200


def test_a_shop_that_is_called_by_a_number_says_so(account: Shopper, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    page = account.browser.get("/de/account/security/", headers={"host": "127.0.0.1"})
    assert "beim Namen gerufen" in page.content.decode()
    new = account.browser.get("/de/account/passkeys/new/", headers={"host": "127.0.0.1"})
    assert new.status_code == 404
