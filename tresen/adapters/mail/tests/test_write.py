"""What the letters say, in both languages, to people and to the law."""

from __future__ import annotations

import re

import pytest

from tresen.adapters.mail.letters.write import write
from tresen.adapters.mail.tests import make
from tresen.domains.conversations.types import LetterKind

KINDS = list(LetterKind)
NARROW = "\N{NO-BREAK SPACE}"


@pytest.mark.usefixtures("german")
def test_a_german_confirmation_says_what_the_law_asks_for() -> None:
    written = write(make.letter(locale="de"))

    assert written.subject == "Ihre Bestellung 100007 bei Kontor Altona"
    for words in (
        "Guten Tag Hanna Müller,",
        "Ihre Bestellung ist da. Wir nehmen sie mit dieser E-Mail an.",
        "Bei Ihnen: Dienstag, 24. bis Donnerstag, 26. November (Standardversand)",
        "1 × Kaffee Speicherstadt (Mahlgrad: Filter)",
        f"79,80{NARROW}€ (je 39,90{NARROW}€)",
        f"Lieferung (Standardversand): 4,90{NARROW}€",
        f"Gesamtbetrag: 97,60{NARROW}€",
        f"darin 7{NARROW}% MwSt.: 0,87{NARROW}€",
        f"darin 25,5{NARROW}% MwSt.: 13,38{NARROW}€",
        f"Gesamtbetrag ohne MwSt.: 83,35{NARROW}€",
        "IBAN: DE02 1203 0000 0000 2020 51",
        "Verwendungszweck: RF18100007",
        "Bestellung ansehen: https://shop.example/de/orders/abc/",
        "Vertrag widerrufen: https://shop.example/de/withdrawal/",
        "Ihr Widerrufsrecht auch online unter https://shop.example/de/withdrawal/ ausüben.",
        "Widerrufsbelehrung\n------------------",
        "Kontor Altona GmbH\nGroße Elbstraße 1, 22767 Hamburg",
        "Amtsgericht Hamburg, HRB 12345",
        "USt-IdNr. DE123456789",
        "Österreich",
    ):
        assert words in written.text


def test_an_english_confirmation_says_the_same() -> None:
    written = write(make.letter(locale="en"))

    assert written.subject == "Your order 100007 at Kontor Altona"
    for words in (
        "Hello Hanna Müller,",
        "Tuesday 24 to Thursday 26 November",
        "€79.80 (€39.90 each)",
        "includes 25.5% VAT: €13.38",
        "Withdraw from contract here: https://shop.example/de/withdrawal/",
        "Austria",
    ):
        assert words in written.text


def test_the_day_of_the_order_is_the_one_at_the_markets_clock() -> None:
    written = write(make.letter(locale="en"))

    assert "Ordered on 21 November 2026" in written.text
    assert "21 November 2026, 00:30" in written.html


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("locale", ["de", "en"])
def test_both_bodies_of_every_letter_hold_the_same_words(kind: LetterKind, locale: str) -> None:
    written = write(make.letter(kind, locale=locale))
    shown = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", " ", written.html, flags=re.DOTALL)

    said = set(re.findall(r"[a-zäöüß]{4,}", shown.lower()))
    in_text = set(re.findall(r"[a-zäöüß]{4,}", written.text.lower()))

    assert said - in_text == set()
    assert len(in_text) > 20
    assert "None" not in written.text
    assert "{{" not in written.html + written.text
    assert "{%" not in written.html + written.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_loads_nothing_from_elsewhere(kind: LetterKind) -> None:
    html = write(make.letter(kind)).html

    assert not re.findall(r"<(img|link|script|iframe|object)\b|@import|url\(", html)
    assert 'name="color-scheme" content="light dark"' in html


def test_words_of_the_shop_are_escaped_in_html_and_plain_in_text() -> None:
    written = write(make.letter())

    assert "Lampe &lt;b&gt;«Övelgönne»&lt;/b&gt; &amp; Halter" in written.html
    assert "Lampe <b>«Övelgönne»</b> & Halter" in written.text


@pytest.mark.parametrize(
    ("payment", "words", "unsaid"),
    [
        ({"is_paid": True}, "and your payment have arrived. We accept", "IBAN"),
        ({"method": "demo_card"}, "As soon as your payment is confirmed, we accept it", "IBAN"),
        ({"method": "pay_in_store"}, "You pay in the shop", "IBAN"),
        ({}, "We accept it with this e-mail", "You pay in the shop"),
    ],
)
def test_acceptance_and_payment_fit_the_way_to_pay(
    payment: dict[str, object], words: str, unsaid: str
) -> None:
    written = write(make.letter(locale="en", payment=make.PAYMENT | payment))

    for body in (written.text, written.html):
        assert words in body
        assert unsaid not in body


def test_a_pick_up_names_its_place_and_no_delivery_address() -> None:
    letter = make.letter(locale="en", delivery=make.PICKUP, address=[], billing=[])

    written = write(letter)

    assert "Ready for collection at Kontor Altona: Tuesday 24" in written.text
    assert "Delivery address" not in written.text + written.html


def test_a_shipment_names_the_parcel_and_what_is_still_to_come() -> None:
    written = write(make.letter(LetterKind.ORDER_SHIPPED, locale="en"))

    assert "Tracking number: 00340434161094" in written.text
    assert "In this parcel\n    2 × Kaffee Speicherstadt" in written.text
    assert "Still to come\n    1 × Becher (Farbe: Blau)" in written.text


@pytest.mark.parametrize(
    ("was_paid", "method", "words"),
    [
        (True, "demo_card", "We pay €97.60 back to you"),
        (False, "bank_transfer", "If you have already transferred the amount"),
        (False, "pay_in_store", "You need not pay anything."),
    ],
)
def test_a_cancellation_says_what_becomes_of_the_money(
    was_paid: bool, method: str, words: str
) -> None:
    letter = make.letter(LetterKind.ORDER_CANCELLED, locale="en", was_paid=was_paid, method=method)

    assert words in write(letter).text


def test_an_enclosure_keeps_its_links_and_points() -> None:
    written = write(make.letter(locale="en"))

    assert "- Datum\n- Name" in written.text
    assert "Online hier (https://shop.example/de/withdrawal/).\nDanke." in written.text
    assert "<h3>Widerrufsrecht</h3>" in written.html
