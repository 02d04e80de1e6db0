"""Guests buy, in German and in English, by transfer and by card; staff ships and refunds."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.shop import OpenShop, fill_address, plenty, put_in, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def _order_number(page: Page) -> str:
    found = re.search(r"\b\d{8,}\b", page.locator("main").inner_text())
    assert found
    return found[0]


def test_a_guest_buys_two_things_in_german_by_transfer_and_staff_ships_and_refunds(
    page: Page, shop: OpenShop, chromium: Browser
) -> None:
    for path in plenty(page, shop, "/de/search/?q=becher", 2):
        put_in(page, shop, path)
    page.get_by_role("link", name="Zur Kasse").click()
    fill_address(page)
    page.locator("input[name=payment][value=bank_transfer]").check()
    button = page.get_by_role("button", name="zahlungspflichtig bestellen", exact=True)
    button.click()
    page.wait_for_url("**/orders/**")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Ihre Bestellung wartet auf die Zahlung."
    )
    expect(page.locator(".transfer")).to_contain_text("DE02120300000000202051")
    number, order_page = _order_number(page), page.url
    page.reload()
    assert _order_number(page) == number

    desk = chromium.new_context(locale="de-DE").new_page()
    _mark_paid_ship_and_refund(desk, shop, number)
    _book_in(desk, shop)

    page.goto(order_page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Bestellung ist unterwegs.")
    _until(lambda: sum(number in letter for letter in shop.letters()) >= 2)


def _mark_paid_ship_and_refund(desk: Page, shop: OpenShop, number: str) -> None:
    sign_in(desk, shop)
    desk.goto(f"{shop.address}/staff/orders/?q={number}")
    desk.locator("main table a", has_text=number).first.click()
    _confirm(desk, "Mark as paid", "Als bezahlt markieren")
    expect(desk.locator("main")).to_contain_text(re.compile("paid|bezahlt"))
    _press(desk, "Ship", "Versenden")
    desk.fill("#id_tracking", "00340434161094027318")
    desk.locator("main button.button-primary").click()
    desk.wait_for_url(re.compile(r"/staff/orders/ord_\w+/$"))
    _press(desk, "Refund", "Erstatten")
    desk.locator("main button.button-primary").click()
    desk.wait_for_url(re.compile(r"/staff/orders/ord_\w+/$"))


def _book_in(desk: Page, shop: OpenShop) -> None:
    """Goods arrived: three pieces more, and it says so."""
    desk.goto(f"{shop.address}/staff/stock/")
    desk.locator("main table a").first.click()
    desk.get_by_role("link", name="Einbuchen").first.click()
    desk.get_by_role("spinbutton").fill("3")
    desk.locator("main button.button-primary").click()
    desk.wait_for_url(re.compile(r"/staff/stock/var_\w+/$"))
    expect(desk.locator("main")).to_contain_text("Eingebucht.")


def test_a_guest_buys_two_things_in_english_with_the_demo_card(page: Page, shop: OpenShop) -> None:
    for path in plenty(page, shop, "/en/search/?q=mug", 2):
        put_in(page, shop, path)
    page.get_by_role("link", name="Go to checkout").click()
    fill_address(page, name="Ella Example")
    page.locator("input[name=payment][value=demo_card]").check()
    page.get_by_role("button", name="order with obligation to pay", exact=True).click()
    page.wait_for_url("**/demo-card/**")
    good = page.locator("tr", has_text="goes through").locator("th").inner_text()
    page.fill("#id_number", good)
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url("**/orders/**")

    expect(page.get_by_role("heading", level=1)).to_have_text("We are packing your order.")


def test_a_declined_card_says_so_and_the_order_can_still_be_paid(
    page: Page, shop: OpenShop
) -> None:
    put_in(page, shop, plenty(page, shop, "/en/search/?q=mug", 1)[0])
    page.get_by_role("link", name="Go to checkout").click()
    fill_address(page)
    page.locator("input[name=payment][value=demo_card]").check()
    page.locator(".order-button").click()
    page.wait_for_url("**/demo-card/**")
    bad = page.locator("tr", has_text="is declined").locator("th").inner_text()
    page.fill("#id_number", bad)
    page.get_by_role("button", name="Pay", exact=True).click()

    expect(page.locator(".field-error")).to_be_visible()
    page.get_by_role("button", name="Back to the shop without paying").click()
    page.wait_for_url("**/orders/**")
    page.get_by_role("button", name=re.compile("Pay .* now")).click()
    page.wait_for_url("**/demo-card/**")


def test_wrong_details_are_told_beside_their_fields_and_nothing_typed_is_lost(
    page: Page, shop: OpenShop
) -> None:
    put_in(page, shop, plenty(page, shop, "/de/search/?q=becher", 1)[0])
    page.goto(f"{shop.address}/de/checkout/")
    fill_address(page)
    page.fill("#id_email", "erika@beispiel")
    page.fill("#id_postcode", "2276")
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(".field", has=page.locator("#id_email"))).to_contain_text("E-Mail")
    expect(page.locator(".field", has=page.locator("#id_postcode"))).to_contain_text("Postleitzahl")
    assert page.input_value("#id_street") == "Elbweg 7"
    assert page.input_value("#id_email") == "erika@beispiel"
    assert page.locator("input[name=payment][value=bank_transfer]").is_checked()


def test_a_guest_changes_their_mind_in_the_cart(page: Page, shop: OpenShop) -> None:
    put_in(page, shop, plenty(page, shop, "/de/search/?q=becher", 1)[0])
    page.goto(f"{shop.address}/de/cart/")
    quantity = page.get_by_role("spinbutton")
    quantity.fill("2")
    quantity.press("Tab")
    expect(page.locator("#cart-link .count")).to_contain_text("2")
    expect(page.get_by_role("spinbutton")).to_have_value("2")
    page.get_by_role("button", name=re.compile("^Entfernen")).click()
    expect(page.locator(".cart-line")).to_have_count(0)
    expect(page.locator("#cart-link .count")).to_have_count(0)


def test_without_scripts_one_can_still_buy(chromium: Browser, shop: OpenShop) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    put_in(page, shop, plenty(page, shop, "/de/search/?q=becher", 1)[0])
    page.get_by_role("link", name="Zur Kasse").click()
    fill_address(page)
    page.locator("input[name=delivery][value=express-de]").check()
    page.locator("input[name=payment][value=bank_transfer]").check()
    page.locator(".order-button").click()

    expect(page.locator(".error-summary")).to_be_visible()  # the total is another than was seen
    page.locator(".order-button").click()
    page.wait_for_url("**/orders/**")
    expect(page.locator("main")).to_contain_text("Express")


def test_the_keyboard_alone_can_buy(page: Page, shop: OpenShop) -> None:
    page.goto(shop.address + plenty(page, shop, "/de/search/?q=becher", 1)[0])
    _tab_to(page, "button", "In den Warenkorb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cart/")
    _tab_to(page, "a", "Zur Kasse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    for name, words in (("name", "Erika Beispiel"), ("email", "erika@example.com")):
        _tab_to_field(page, f"id_{name}")
        page.keyboard.type(words)
    for name, words in (("street", "Elbweg 7"), ("postcode", "22765"), ("city", "Hamburg")):
        _tab_to_field(page, f"id_{name}")
        page.keyboard.type(words)
    _tab_to_field(page, "payment-demo_card")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "button", "zahlungspflichtig bestellen")
    page.keyboard.press("Enter")

    page.wait_for_url("**/orders/**")


def test_the_language_is_chosen_by_address_and_by_the_browser(
    chromium: Browser, shop: OpenShop
) -> None:
    for locale, word in (("de-DE", "Warenkorb"), ("en-GB", "Cart")):
        page = chromium.new_context(locale=locale).new_page()
        page.goto(shop.address)
        expect(page.locator("#cart-link")).to_contain_text(word)


def _tab_to(page: Page, tag: str, words: str) -> None:
    script = (
        "() => [document.activeElement.tagName.toLowerCase(), document.activeElement.innerText]"
    )
    for _ in range(150):
        page.keyboard.press("Tab")
        found, text = page.evaluate(script)
        if found == tag and words in (text or ""):
            return
    raise AssertionError(f"no way by keyboard to {words!r}")


def _tab_to_field(page: Page, field_id: str) -> None:
    for _ in range(150):
        if page.evaluate("() => document.activeElement.id") == field_id:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {field_id!r}")


def _press(desk: Page, *names: str) -> None:
    pattern = re.compile(r"^\s*(" + "|".join(map(re.escape, names)) + r")(\s…)?\s*$")
    desk.locator("main").locator("a, button").filter(has_text=pattern).first.click()
    desk.wait_for_load_state()


def _confirm(desk: Page, *names: str) -> None:
    """An action that asks once before it is done."""
    _press(desk, *names)
    desk.locator(".ask:popover-open button[type=submit]").click()
    desk.wait_for_load_state()


def _until(true, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)
