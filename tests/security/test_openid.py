"""Staff sign in by a real provider on loopback; an equal address opens nothing (ASVS V6.8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User as Claims
from oidc_provider_mock import run_server_in_thread

from tresen.adapters.identity.openid import OpenIdProvider, Registration
from tresen.domains.accounts.models import Identity, Session, User
from tresen.domains.accounts.ports import IDENTITY, STAFF_PROVIDER
from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import shopper, signed_in, staff
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.http import Client as Outward
from tresen.workflows.trusting.link_identity import link_account

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # inside the provider
]

SUBJECT = "u-4711"


@pytest.fixture
def issuer() -> Iterator[str]:
    people = [
        Claims(sub=SUBJECT, claims={"email": "frieda@schapp.example", "amr": ["pwd"]}),
        Claims(sub="u-4712", claims={"email": "hinnerk@schapp.example", "amr": ["hwk"]}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(autouse=True)
def _on_the_shelf(issuer: str) -> Iterator[None]:
    ours = Registration(
        name="Firma",
        issuer=issuer,
        client_id="tresen",
        client_secret="geheim",
        trusted_amr=("hwk",),
    )
    outward = Outward(allowed=[urlsplit(issuer).netloc])
    IDENTITY.put(STAFF_PROVIDER, OpenIdProvider(ours, client=outward))
    yield
    IDENTITY._held.clear()


def frieda(*, factor: bool = True) -> User:
    user = staff()
    if factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def there_and_back(browser: Client, *, start: str = "staff_openid", sub: str = SUBJECT) -> Any:
    """What the browser does: away by the button, a name at the provider, back by the redirect."""
    page = browser.post(reverse(start), {"next": "/staff/orders/"})
    if page.status_code != 200:
        return page
    away = page.context["url"]
    sent_back = httpx.post(away, data={"sub": sub}, follow_redirects=False)
    back = urlsplit(sent_back.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == settings.PUBLIC_URL + reverse(
        "staff_openid_return"
    )
    return browser.get(f"{back.path}?{back.query}")


def linked(user: User, issuer: str, subject: str = SUBJECT) -> None:
    link_account(user_id=user.id, issuer=issuer, subject=subject, actor=SYSTEM, now=clock.now())


def is_in(browser: Client) -> bool:
    return browser.get("/staff/profile/").status_code == 200


def test_a_linked_account_still_shows_its_second_factor(issuer: str) -> None:
    user = frieda()
    linked(user, issuer)
    browser = Client()

    answer = there_and_back(browser)

    assert answer["Location"] == "/staff/account/second-factor/"
    assert not is_in(browser)


def test_a_second_factor_at_the_provider_counts_where_it_is_trusted(issuer: str) -> None:
    user = frieda(factor=False)
    linked(user, issuer, "u-4712")
    browser = Client()

    answer = there_and_back(browser, sub="u-4712")

    assert answer["Location"] == "/staff/orders/"
    assert is_in(browser)
    assert Session.objects.get().user_id == user.id


def test_without_it_one_is_led_to_set_a_second_factor_up(issuer: str) -> None:
    linked(frieda(factor=False), issuer)
    browser = Client()
    there_and_back(browser)

    assert browser.get("/staff/orders/")["Location"] == "/staff/account/factors/app/"


def test_the_same_address_at_a_provider_opens_no_account(issuer: str) -> None:
    frieda(factor=False)
    browser = Client()

    answer = there_and_back(browser)

    assert answer.status_code == 403
    assert "noch nicht verknüpft" in answer.content.decode().lower()
    assert not is_in(browser)
    assert not Identity.objects.exists()


def test_who_is_signed_in_and_fresh_links_their_own_account(issuer: str) -> None:
    user = frieda()
    browser = signed_in(user)

    answer = there_and_back(browser, start="staff_openid_link")

    assert answer["Location"] == "/staff/profile/"
    assert Identity.objects.get().user_id == user.id
    assert "Firma" in browser.get("/staff/profile/").content.decode()
    browser.post(reverse("staff_openid_unlink"))
    assert not Identity.objects.exists()


def test_linking_asks_for_a_fresh_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Clock(monkeypatch)
    browser = signed_in(frieda())
    time.pass_(settings.STEP_UP_FRESH * 2)

    led = there_and_back(browser, start="staff_openid_link")

    assert "reauthenticate" in led["Location"]


def test_a_name_that_is_linked_elsewhere_is_not_taken_over(issuer: str) -> None:
    owner = frieda()
    linked(owner, issuer)
    other = staff("hinnerk")
    TOTP.activate(other, generate_totp_secret())

    there_and_back(signed_in(other), start="staff_openid_link")

    assert Identity.objects.get().user_id == owner.id


@pytest.mark.parametrize("bent", ["state", "code", "nobody left"])
def test_a_way_back_that_is_not_ours_opens_nothing(issuer: str, bent: str) -> None:
    linked(frieda(factor=False), issuer, "u-4712")
    browser = Client()
    page = browser.post(reverse("staff_openid"))
    sent_back = httpx.post(page.context["url"], data={"sub": "u-4712"}, follow_redirects=False)
    asked = httpx.URL(sent_back.headers["location"]).params
    given = dict(asked) | ({bent: "x" * 20} if bent in asked else {})
    other = Client() if bent == "nobody left" else browser

    answer = other.get(f"{reverse('staff_openid_return')}?{urlencode(given)}")

    assert answer["Location"] == "/staff/account/login/"
    assert not is_in(other)


def test_the_way_back_opens_once(issuer: str) -> None:
    linked(frieda(factor=False), issuer, "u-4712")
    browser = Client()
    page = browser.post(reverse("staff_openid"))
    sent_back = httpx.post(page.context["url"], data={"sub": "u-4712"}, follow_redirects=False)
    back = urlsplit(sent_back.headers["location"])
    browser.get(f"{back.path}?{back.query}")
    assert is_in(browser)
    browser.post("/staff/account/logout/")

    browser.get(f"{back.path}?{back.query}")

    assert not is_in(browser)


def test_who_left_the_house_does_not_come_in_by_their_company(issuer: str) -> None:
    user = frieda(factor=False)
    linked(user, issuer, "u-4712")
    User.objects.filter(id=user.id).update(is_active=False)
    browser = Client()

    assert there_and_back(browser, sub="u-4712").status_code == 403
    assert not is_in(browser)


def test_a_shopper_is_never_found_by_a_company(issuer: str) -> None:
    linked(shopper(), issuer)
    assert there_and_back(Client()).status_code == 403


def test_without_a_provider_there_is_no_button_and_no_way(issuer: str) -> None:
    IDENTITY._held.clear()
    browser = Client()

    assert "staff/account/openid" not in browser.get("/staff/account/login/").content.decode()
    assert browser.post(reverse("staff_openid")).status_code == 404
