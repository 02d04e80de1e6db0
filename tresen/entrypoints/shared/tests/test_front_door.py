"""The pages that stand for what cannot be shown."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db


def out_of_order(_code: str) -> None:
    raise OperationalError("planted")


def test_a_fault_is_said_in_words_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in ("storefront.home.views", "storefront.context"):  # the importer first
        monkeypatch.setattr(f"tresen.entrypoints.{place}.channel_of", out_of_order)
    answer = Client(raise_request_exception=False).get("/de/")
    assert answer.status_code == 500
    assert "es lag an uns" in answer.content.decode()
    assert "planted" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/de/nirgends/", "Hier ist nichts"),
        ("/en/nowhere/", "Nothing here"),
        ("/nirgends", "Nothing here"),
    ],
)
def test_an_unknown_address_offers_a_way_on_in_the_readers_language(path: str, words: str) -> None:
    answer = Client(headers={"Accept-Language": "en"}).get(path)
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_staff_is_led_back_to_the_back_office_and_not_to_a_cart() -> None:
    page = Client(headers={"Accept-Language": "de"}).get("/staff/nowhere/")
    assert page.status_code == 404
    assert 'href="/staff/"' in page.content.decode()
    assert "Warenkorb" not in page.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("de", "noch einmal absenden"), ("en", "send it once more")]
)
def test_a_form_without_its_token_says_in_words_what_to_do(language: str, words: str) -> None:
    guest = Client(enforce_csrf_checks=True)
    answer = guest.post(f"/{language}/cart/", {"quantity": "1"})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert f'href="/{language}/cart/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("referer", "shown"),
    [("http://testserver/de/p/tee/", True), ("https://evil.example/x", False)],
)
def test_the_way_back_leads_to_pages_of_ours_only(referer: str, shown: bool) -> None:
    guest = Client(enforce_csrf_checks=True, headers={"referer": referer})
    page = guest.post("/de/cart/", {"quantity": "1"}).content.decode()
    assert (referer in page) is shown
