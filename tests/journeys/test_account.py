"""Somebody opens an account, makes a passkey in a real browser, uses it, and takes it back."""

from __future__ import annotations

import quopri
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.lights import pictures
from tests.journeys.shop import OpenShop

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
SECONDS_MAX = 60
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

BUTTON_ONLY = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
"""A browser that does not offer passkeys beside the address."""


@pytest.fixture
def named(shop: OpenShop) -> OpenShop:
    """By its name: browsers know no passkeys of a number."""
    return OpenShop(shop.address.replace("127.0.0.1", "localhost"), shop.data)


@pytest.fixture
def holder(chromium: Browser) -> Iterator[Page]:
    """A browser on a device that holds passkeys and always says yes."""
    context = chromium.new_context(locale="de-DE", viewport={"width": 360, "height": 740})
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def _link(shop: OpenShop, address: str, part: str) -> str:
    """The link of the newest letter to an address; its path, for the host is the browser's."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        for letter in reversed(shop.letters()):
            words = quopri.decodestring(letter.encode()).decode("utf-8", "replace")
            found = re.search(rf"https?://[^/\s]+(/\S*{part}\S+?)(?=[\s\"<])", words)
            if address in words and found:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address}")


def test_a_passkey_from_its_making_to_its_undoing(holder: Page, named: OpenShop) -> None:
    address = f"erika{int(time.time())}@example.com"
    holder.goto(f"{named.address}/de/account/sign-up/")
    holder.fill("#id_email", address)
    holder.get_by_role("button", name="Link schicken").click()
    holder.goto(named.address + _link(named, address, "account/join/"))
    holder.get_by_role("button", name="Konto eröffnen").click()
    expect(holder.get_by_role("heading", level=1)).to_have_text("Ihr Konto")

    holder.goto(f"{named.address}/de/account/passkeys/new/")
    holder.get_by_role("button", name="Passkey hinzufügen").click()
    holder.wait_for_url("**/account/security/")
    expect(holder.locator("main")).to_contain_text("Mein Gerät")
    _sign_out(holder)

    holder.goto(f"{named.address}/de/account/sign-in/")  # the device offers it by itself
    holder.wait_for_url("**/account/")
    expect(holder.get_by_role("heading", level=1)).to_have_text("Ihr Konto")
    _sign_out(holder)

    holder.add_init_script(BUTTON_ONLY)
    holder.goto(f"{named.address}/de/account/sign-in/")
    holder.get_by_role("button", name="Mit einem Passkey anmelden").click()
    holder.wait_for_url("**/account/")

    holder.goto(named.address + _link(named, address, "account/undo/"))
    holder.get_by_role("button", name="Änderung zurücknehmen").click()
    holder.wait_for_url("**/account/sign-in/")
    holder.get_by_role("button", name="Mit einem Passkey anmelden").click()
    expect(holder.locator("main")).to_contain_text("nicht angenommen")


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Abmelden").first.click()
    page.wait_for_load_state()


def test_without_scripts_the_page_says_what_works(chromium: Browser, named: OpenShop) -> None:
    context = chromium.new_context(locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{named.address}/de/account/sign-in/")

    expect(page.get_by_text("Passkeys brauchen JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Mit einem Passkey anmelden")).to_be_hidden()
    expect(page.get_by_role("link", name="Link schicken")).to_be_visible()
    context.close()


def test_a_new_device_is_asked_for_a_code_and_told_of(
    chromium: Browser, named: OpenShop, screens: Path
) -> None:
    address, password = f"nele{int(time.time())}@example.com", "korb moewe anker"
    own = chromium.new_context(locale="de-DE").new_page()
    _open_account(own, named, address, password)

    other = chromium.new_context(locale="de-DE").new_page()
    other.goto(f"{named.address}/de/account/sign-in/")
    other.fill("#id_email", address)
    other.fill("#id_password", password)
    other.get_by_role("button", name="Anmelden", exact=True).click()
    other.wait_for_url("**/account/mailed/**")
    pictures(other, screens, "account-code")
    other.fill("#id_code", _code(named, address))
    other.get_by_role("button", name="Anmelden", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Ihr Konto")

    own.goto(named.address + _link(named, address, "was-this-you/"))
    pictures(own, screens, "account-was-this-you")
    own.get_by_role("button", name="Das war ich nicht").click()
    own.wait_for_url("**/password/forgotten/")
    expect(own.locator("main")).to_contain_text("Das Gerät ist abgemeldet")
    other.goto(f"{named.address}/de/account/security/")
    other.wait_for_url("**/account/sign-in/**")
    own.context.close()
    other.context.close()


def _open_account(page: Page, shop: OpenShop, address: str, password: str) -> None:
    page.goto(f"{shop.address}/de/account/sign-up/")
    page.fill("#id_email", address)
    page.get_by_role("button", name="Link schicken").click()
    page.goto(shop.address + _link(shop, address, "account/join/"))
    page.fill("#id_password", password)
    page.get_by_role("button", name="Konto eröffnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Konto")


def _code(shop: OpenShop, address: str) -> str:
    """Of the newest letter with one."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        for letter in reversed(shop.letters()):
            words = quopri.decodestring(letter.encode()).decode("utf-8", "replace")
            found = re.search(r"^(\d{4} \d{4})$", words, re.MULTILINE)
            if address in words and found:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no code to {address}")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_account_is_wider_than_the_screen(
    chromium: Browser, named: OpenShop, width: int
) -> None:
    context = chromium.new_context(locale="de-DE", viewport={"width": width, "height": 700})
    page = context.new_page()
    for path in ("sign-in", "sign-up", "password/forgotten", "sign-in/mail"):
        page.goto(f"{named.address}/de/account/{path}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
