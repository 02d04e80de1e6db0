"""No card number is kept: found however it is written, and told apart from all that looks alike."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tresen.entrypoints.shared import cards as middleware
from tresen.entrypoints.shared.logs import redacted
from tresen.foundation.cards import Cleaned, find_cards, is_gtin, passes_luhn, without_cards
from tresen.workflows.buying.tests.make import small_shop

KINDS = {
    "Visa": ("4", 16), "Visa 19": ("4", 19), "Mastercard": ("53", 16),
    "Mastercard 2": ("2221", 16), "American Express": ("37", 15), "Diners": ("36", 14),
    "Discover": ("6011", 16), "JCB": ("3530", 16), "UnionPay": ("62", 19),
    "Maestro": ("6759", 16), "Maestro 18": ("5020", 18),
}  # fmt: skip
PUBLISHED = (
    "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222",
    "5105105105105100", "378282246310005", "371449635398431", "6011111111111117",
    "3056930009020004", "36227206271667", "3566002020360505", "6205500000000000004",
)  # fmt: skip
"""Numbers for tests that payment services publish."""
GROUPS = ((4, 4, 4, 4, 3), (4, 6, 5, 4), (1,) * 19, (19,), (8, 8, 3), (2,) * 10)
SEPARATORS = (" ", "-", ".", "\u00a0", "\u202f", "/", "  ", " - ", "–")
LOOKALIKES = (
    "DE89 3704 0044 0532 0130 00",
    "DE75512108001245126199",
    "GB82 WEST 1234 5698 7654 32",
    "AT61 1904 3002 3457 3201",
    "+49 40 1234567890123",
    "+4915112345678",
    "0049 151 12345678901",
    "JJD000390007827123456",
    "00340434161094042557",
    "A-1234-5678-9012-3456",
    "ord_4242424242424242x",
    "2026-11-26T18:00:00.123456",
    "1732640400000",
    "192.168.178.20 10.11.12.13",
    "4006381333931",
    "5449000000996",
    "0" * 16,
    "4" * 16,
    "1234567890123456",
    "https://x.example/o/4242424242424242abc",
)
CARD = "4111 1111 1111 1111"


def numbered(beginning: str, length: int, middle: str) -> str:
    """A number of that kind whose last digit checks the others."""
    body = (beginning + middle)[: length - 1]
    return next(body + last for last in "0123456789" if passes_luhn(body + last))


@st.composite
def written_cards(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and how somebody wrote it."""
    beginning, length = draw(st.sampled_from(sorted(KINDS.values())))
    number = numbered(beginning, length, draw(st.text("0123456789", min_size=19, max_size=19)))
    groups, written, place = draw(st.sampled_from(GROUPS)), "", 0
    separator = draw(st.sampled_from(SEPARATORS))
    for size in groups:
        if place < len(number):
            written += (separator if place else "") + number[place : place + size]
            place += size
    return number, written + number[place:]


AROUND = st.sampled_from(
    ("", "Meine Karte: ", "Bitte abbuchen von ", "(", "Nr.", "\n", "gültig 12/29 ", "Tür 3, ")
)


@given(written_cards(), AROUND, st.sampled_from(("", ".", " 12/29 123", ", danke", ")\n", " EUR")))
def test_however_it_is_written_it_goes(card: tuple[str, str], before: str, after: str) -> None:
    number, written = card
    cleaned = without_cards(f"{before}{written}{after}")
    if len(number) == 14 and is_gtin(number) and written == number:
        return  # an article number, as far as anybody can tell
    assert cleaned.found == 1
    assert number not in "".join(filter(str.isdecimal, cleaned.text))
    assert cleaned.text.startswith(before)
    assert f"•••• {number[-4:]}" in cleaned.text


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_numbers_are_known(number: str) -> None:
    assert find_cards(f"Karte {number}.") == [(6, 6 + len(number))]


def test_other_scripts_digits_are_digits() -> None:
    arabic = CARD.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    wide = CARD.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    for text in (arabic, wide):
        assert without_cards(text).text == "•••• 1111"


def test_several_are_all_found() -> None:
    text = f"{CARD} oder 5555-5555-5555-4444; {PUBLISHED[5]}"
    assert without_cards(text).text == "•••• 1111 oder •••• 4444; •••• 0005"


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert without_cards(text) == without_cards(text.strip())
    assert without_cards(f"Bestellung {text}, danke").found == 0


@given(st.text(max_size=300))
def test_any_text_is_read_and_without_thirteen_digits_nothing_changes(text: str) -> None:
    cleaned = without_cards(text)
    if sum(sign.isdecimal() for sign in text) < 13:
        assert cleaned.text == text


def test_reading_takes_little_time_whatever_is_sent() -> None:
    """Nothing that grows with the square of the text."""
    for text in ("1 " * 100_000, "4" * 200_000, "1-" * 100_000, "DE89" + "a " * 90_000):
        find_cards(text)


@pytest.mark.real_data
def test_real_article_numbers_are_left_alone(shared: Path) -> None:
    """The figure: of 19,000 true GTINs none is taken for a card."""
    numbers = set(_real_gtins(shared))
    taken = [number for number in numbers if find_cards(f"EAN {number} bitte")]
    grouped = [
        number for number in numbers if find_cards(f"{number[0]} {number[1:7]} {number[7:]}")
    ]
    print(f"{len(numbers)} GTINs: {len(taken)} plain, {len(grouped)} in groups")  # noqa: T201
    assert len(numbers) > 15_000
    assert taken == []
    assert len(grouped) == 0


def _real_gtins(shared: Path) -> Iterator[str]:
    folder = shared / "data" / "icecat-chorus-electronics"
    for file in folder.glob("*.zip"):
        with ZipFile(file) as archive:
            for name in archive.namelist():
                yield from _digits_of(archive.read(name).decode("utf-8", "replace"))
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", errors="replace") as lines:
            for row in csv.reader(lines):
                for cell in row:
                    yield from _digits_of(cell)


def _digits_of(text: str) -> Iterator[str]:
    for word in text.replace('"', " ").replace(",", " ").split():
        if word.isascii() and word.isdecimal() and len(word) in {13, 14} and is_gtin(word):
            yield word


def test_random_numbers_are_seldom_taken_for_cards() -> None:
    """The figure: 16 random digits pass as a card in about one of fifty cases."""
    chance = random.Random(7)  # noqa: S311
    tried = 20_000
    taken = sum(bool(find_cards(f"{chance.randrange(10**15, 10**16)}")) for _ in range(tried))
    print(f"{taken} of {tried} random numbers of 16 digits")  # noqa: T201
    assert taken / tried < 0.04


# What is typed in the shop


def _everything_stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        parts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            parts += [row for (row,) in cursor.fetchall()]
    return "\n".join(parts)


def _seen(method: str, data: dict[str, str], path: str = "/de/checkout/order/") -> HttpRequest:
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    request = getattr(RequestFactory(), method)(path, data)
    request._messages = _Told()
    guard = middleware.CardMiddleware(view)
    guard.process_view(request, view)
    guard(request)
    return requests[0]


class _Told:
    def __init__(self) -> None:
        self.words: list[str] = []

    def add(self, _level: int, message: str, _tags: str = "") -> None:
        self.words.append(message)


def test_a_view_never_sees_one_and_the_rest_stays_as_typed() -> None:
    typed = {"extra": f"bei Müller, Karte {CARD}", "name": "Erika", "quantity": "3"}
    request = _seen("post", typed)
    assert request.POST.dict() == typed | {"extra": "bei Müller, Karte •••• 1111"}
    assert len(request._messages.words) == 1  # type: ignore[attr-defined]


def test_a_search_for_one_is_not_repeated_in_links() -> None:
    request = _seen("get", {"q": CARD, "page": "2"})
    assert request.GET["q"] == "•••• 1111"
    assert QueryDict(request.META["QUERY_STRING"]).dict() == {"q": "•••• 1111", "page": "2"}


@pytest.mark.parametrize(
    "name", ["csrfmiddlewaretoken", "key", "next", "password", "new_password1"]
)
def test_random_words_of_ours_and_passwords_are_left_alone(name: str) -> None:
    assert _seen("post", {name: CARD}).POST[name] == CARD


def test_who_types_nothing_of_the_kind_is_told_nothing() -> None:
    request = _seen("post", {"note": "4006381333931, Tel. +49 40 66969100"})
    assert request._messages.words == []  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_in_the_shop_it_is_told_kindly_and_stored_nowhere() -> None:
    small_shop()
    browser = Client()
    answer = browser.get("/de/search/", {"q": f"karte {CARD}"})
    page = answer.content.decode()
    assert "1111 1111" not in page
    assert "Kartennummer" in page
    kept = re.sub(r"[ .-]", "", _everything_stored())
    assert CARD.replace(" ", "")[:12] not in kept, "four digits stand in any time of day"


def test_logs_blot_it_out_too() -> None:
    assert "1111" not in str(redacted({"words": f"Karte {CARD} bitte"}))


def test_without_the_detector_it_would_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control."""
    monkeypatch.setattr(middleware, "without_cards", lambda text: Cleaned(text, 0))
    assert _seen("post", {"extra": CARD}).POST["extra"] == CARD
