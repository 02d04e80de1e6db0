"""A guest sees what is stored, takes a copy along, has it corrected and asks to be erased."""

from __future__ import annotations

import json
import re
import time
from email import message_from_string
from email.policy import default

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.shop import OpenShop, fill_address, plenty, put_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

EMAIL = "frauke.daten@example.com"
LINK = re.compile(r"http://\S+/de/my-data/[\w-]{30,}/")


def test_a_guest_has_a_copy_made_and_asks_for_erasure(page: Page, shop: OpenShop) -> None:
    _order(page, shop)
    _open_my_data(page, shop)
    expect(page.locator("main")).to_contain_text(EMAIL)
    expect(page.locator("main")).to_contain_text("eine Bestellung bestätigen", ignore_case=True)

    page.get_by_role("button", name="Kopie aller Daten").click()
    expect(page.get_by_text("Wir stellen die Kopie zusammen")).to_be_visible()
    copy = _opened_copy(page)
    assert EMAIL in json.dumps(copy)
    assert "Elbweg 7" in json.dumps(copy)

    page.go_back()
    page.get_by_role("link", name="Alles löschen lassen").click()
    expect(page.locator("main")).to_contain_text("§ 147 AO")
    expect(page.locator("main")).to_contain_text("Eine Bestellung von Ihnen ist noch unterwegs.")
    page.get_by_role("button", name="Ja, meine Daten löschen").click()
    expect(page.locator("main")).to_contain_text("ist notiert")


def _order(page: Page, shop: OpenShop) -> None:
    put_in(page, shop, plenty(page, shop, "/de/search/?q=becher", 1)[0])
    page.get_by_role("link", name="Zur Kasse").click()
    fill_address(page, name="Frauke Daten")
    page.fill("#id_email", EMAIL)
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()
    page.wait_for_url("**/orders/**")


def _open_my_data(page: Page, shop: OpenShop) -> None:
    """By the link that only the mailbox gets."""
    page.goto(f"{shop.address}/de/my-data/")
    page.fill("input[name=email]", EMAIL)
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_text("Bitte sehen Sie in Ihr Postfach")).to_be_visible()
    link = _mailed(shop)
    page.goto(shop.address + link[link.index("/de/") :])


def _opened_copy(page: Page) -> dict[str, object]:
    """The page to read, and the file behind its link."""
    address = page.url
    opening = page.get_by_role("link", name="Kopie öffnen")
    deadline = time.monotonic() + 60
    while not opening.count():
        assert time.monotonic() < deadline, "no copy was made"
        page.goto(address)
    page.goto(address)
    opening.first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("JSON")).first.click()
    return dict(json.loads(download.value.path().read_text()))


def _mailed(shop: OpenShop) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for letter in reversed(shop.letters()):
            message = message_from_string(letter, policy=default)
            body = message.get_body(("plain",))
            if EMAIL in str(message["To"]) and body and (found := LINK.search(body.get_content())):
                return found[0]
        time.sleep(0.3)
    raise AssertionError("no letter with a link came")
