"""Staff signs in with a real browser: passkeys, the sum for crowds, and the list of sessions."""

from __future__ import annotations

import quopri
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.lights import pictures
from tests.journeys.shop import OpenShop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
STAFF = "jonas"
PROFILE = "/staff/profile/"
SECONDS_MAX = 60
BURSTS_MAX = 4
_BURST = """async () => {
  const form = document.querySelector("form[method=post]");
  const tries = Array.from({ length: 60 }, () =>
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }),
  );
  await Promise.all(tries);
}"""


@pytest.fixture
def desk(chromium: Browser, shop: OpenShop) -> Iterator[Page]:
    """A browser with a device that holds passkeys and confirms who is there."""
    address = shop.address.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    _plug_in_authenticator(context, page)
    yield page
    context.close()


def _plug_in_authenticator(context: BrowserContext, page: Page) -> None:
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _at_home(shop: OpenShop) -> OpenShop:
    """Passkeys are bound to a name; browsers know none for a number."""
    return OpenShop(shop.address.replace("127.0.0.1", "localhost"), shop.data)


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


def test_a_passkey_is_added_and_opens_the_back_office(
    desk: Page, shop: OpenShop, screens: Path
) -> None:
    sign_in(desk, _at_home(shop), username=STAFF)
    desk.goto("/staff/account/factors/passkeys/new/")
    desk.screenshot(path=screens / "staff-new-passkey.png")
    desk.locator("form[data-passkey] button").click()
    desk.wait_for_url(lambda url: "/new/" not in url)
    desk.goto("/staff/account/factors/passkeys/")
    assert desk.locator(".session-list li strong").count() == 1
    assert _serious(desk) == []

    desk.goto("/staff/account/logout/")
    desk.locator("main form button").click()
    desk.goto("/staff/account/login/?next=/staff/profile/")
    desk.screenshot(path=screens / "staff-sign-in.png")
    assert _serious(desk) == []
    desk.locator("form[data-passkey] button").click()
    desk.wait_for_url(lambda url: "/login/" not in url and "/passkey/" not in url)

    assert desk.locator(".session-list li").count() >= 1
    assert desk.locator(".session-list .state-ok").count() == 1
    desk.screenshot(path=screens / "staff-profile.png", full_page=True)
    desk.set_viewport_size({"width": 320, "height": 700})
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(sideways) == 0
    assert _serious(desk) == []


def test_a_burst_is_asked_for_a_sum_and_the_browser_solves_it(page: Page, shop: OpenShop) -> None:
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status))
    for _ in range(BURSTS_MAX):  # on a slow machine a try is free again before the click
        page.goto(f"{shop.address}/staff/account/login/")
        page.fill("input[name=password]", "geraten und falsch")
        page.fill("input[name=login]", "nobody")
        page.evaluate(_BURST)
        asked.clear()
        page.locator("button.button-primary").click()
        page.wait_for_load_state()
        if 429 in asked:
            break

    assert 429 in asked
    page.wait_for_selector("input[name=login]")
    assert page.locator("[role=alert]:visible").count() == 1


def test_a_stranger_in_the_back_office_is_thrown_out_by_a_mailed_link(
    chromium: Browser, page: Page, shop: OpenShop, screens: Path
) -> None:
    sign_in(page, shop, username="wiebke")
    victim = chromium.new_context(locale="de-DE").new_page()
    victim.goto(shop.address + _link(shop, "was-this-you/"))
    pictures(victim, screens, "staff-was-this-you")
    victim.get_by_role("button", name="Das war ich nicht").click()
    expect(victim.locator("h1")).to_have_text("Diese Sitzung ist beendet.")
    pictures(victim, screens, "staff-was-not-me")

    page.goto(f"{shop.address}{PROFILE}")
    page.wait_for_url("**/staff/account/login/**")
    victim.context.close()


def _link(shop: OpenShop, part: str) -> str:
    """The newest of its kind to anybody; its path."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        for letter in reversed(shop.letters()):
            words = quopri.decodestring(letter.encode()).decode("utf-8", "replace")
            found = re.search(rf"https?://[^/\s]+(/staff/\S*{part}\S+?)(?=[\s\"<])", words)
            if found:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no letter with {part}")
