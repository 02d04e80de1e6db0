"""The guide says what is true of this very shop, in both languages, and is found in the footer."""

from __future__ import annotations

import pytest

from tresen.entrypoints.storefront.tests.make import Guest


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Sicher einkaufen, hier und anderswo"), ("en", "Shop safely, here and elsewhere")],
)
def test_it_is_there_in_both_languages(guest: Guest, language: str, words: str) -> None:
    answer = guest.browser.get(f"/{language}/safe-shopping/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{words}</h1>" in page
    assert page.count("<h2") >= 8


def test_it_names_our_address_our_sender_and_how_one_pays(guest: Guest, settings) -> None:
    settings.PUBLIC_URL = "https://laden.example"
    page = guest.browser.get("/de/safe-shopping/").content.decode()
    assert "<code>laden.example</code>" in page
    assert "<code>laden.example.order-check.example/…</code>" in page
    assert guest.shop.channel.store.email in page


def test_what_the_shop_does_not_offer_is_not_explained(
    guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_all = guest.browser.get("/en/safe-shopping/").content.decode()
    monkeypatch.setattr("tresen.entrypoints.storefront.safe_shopping.views.providers.names", list)
    with_none = guest.browser.get("/en/safe-shopping/").content.decode()
    assert "take recipient and IBAN" in with_all
    assert "take recipient and IBAN" not in with_none
    assert "card data on the page of" not in with_none


def test_every_page_leads_to_it(guest: Guest) -> None:
    assert 'href="/de/safe-shopping/"' in guest.browser.get("/de/").content.decode()
    assert 'href="/en/safe-shopping/"' in guest.browser.get("/en/cart/").content.decode()
