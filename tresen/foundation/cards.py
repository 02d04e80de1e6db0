"""Finds card numbers in what people type, so that none is ever kept (PCI DSS 3.2.1, 3.5.1).

A number counts when its digits are as many as the card's kind has, begin as that kind begins and
pass the check of ISO/IEC 7812-1 annex B (Luhn). Numbers of goods (GTIN), accounts (IBAN) and
telephones are told apart first. Of random digits of that length one in ten passes the check; the
beginnings leave about one in thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import digit

DIGITS_MIN: Final = 13
DIGITS_MAX: Final = 19
SHOWN: Final = 4
"""How many digits at the end stay, so that people recognise their card (PCI DSS 3.4.1)."""
TEXT_SIGNS_MAX: Final = 200_000
"""Of longer texts only so much is looked at."""
GROUPS_MAX: Final = 19
GTIN_DIGITS_MAX: Final = 14

_GAP: Final = r"[ \t\u00a0\u2007\u2009\u202f./_·\u2010-\u2015-]{1,3}"
_RUN: Final = re.compile(rf"(?<![\w+])\d+(?:{_GAP}\d+)*(?!\w)")
_MAYBE: Final = re.compile(r"\d(?:\D{0,3}\d){12}")
_GROUP: Final = re.compile(r"\d+")
_IBAN: Final = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ \u00a0]?[A-Za-z0-9]){11,30}\b")
_CARD_WORD: Final = re.compile(
    r"card|karte|visa|cvc|cvv|prüfziffer|gültig bis|valid thru", re.IGNORECASE
)
_KINDS: Final[tuple[tuple[re.Pattern[str], frozenset[int]], ...]] = tuple(
    (re.compile(beginning), frozenset(lengths))
    for beginning, lengths in (
        (r"4", (13, 16, 19)),  # Visa
        (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),  # Mastercard
        (r"3[47]", (15,)),  # American Express
        (r"30[0-5]|3095|3[689]", (14, 16, 19)),  # Diners Club
        (r"6011|64[4-9]|65", (16, 19)),  # Discover
        (r"35(?:2[89]|[3-8])", (16, 19)),  # JCB
        (r"62|81", (16, 17, 18, 19)),  # UnionPay
        (r"50(?:18|20|38)|5893|6304|67(?:59|6[1-3]|03|99)", (13, 16, 18, 19)),  # Maestro
        (r"220[0-4]", (16, 19)),  # Mir
        (r"9792", (16,)),  # Troy
    )
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text without card numbers, and how many there were."""

    text: str
    found: int


def without_cards(text: str) -> Cleaned:
    """Each number becomes `•••• 1234`."""
    places = find_cards(text)
    for begin, end in reversed(places):
        digits = _digits(text[begin:end])
        text = f"{text[:begin]}•••• {digits[-SHOWN:]}{text[end:]}"
    return Cleaned(text, len(places))


def find_cards(text: str) -> list[tuple[int, int]]:
    """Where card numbers stand, in order, none within another."""
    looked_at = text[:TEXT_SIGNS_MAX]
    if not _MAYBE.search(looked_at):
        return []
    accounts = [match.span() for match in _IBAN.finditer(looked_at) if _is_iban(match.group())]
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(looked_at):
        found.extend(
            (begin, end)
            for begin, end in _cards_of(looked_at, run)
            if not any(begin < there and here < end for here, there in accounts)
        )
    return found


def _cards_of(text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Of groups of digits one behind the other, from the left, the longest that is a card."""
    groups = [match.span() for match in _GROUP.finditer(text, run.start(), run.end())]
    first = 0
    while first < len(groups):
        last = _last_group(text, groups, first)
        if last is not None:
            yield groups[first][0], groups[last][1]
            first = last
        first += 1


def _last_group(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """A number is written with one and the same gap; another gap begins another number."""
    digits, fitting, gap, before = "", None, "", groups[first][0]
    for last, (begin, end) in enumerate(groups[first : first + GROUPS_MAX], start=first):
        here = text[before:begin]
        gap = gap or here
        digits += _digits(text[begin:end])
        if here != gap or len(digits) > DIGITS_MAX:
            break
        before = end
        if len(digits) >= DIGITS_MIN and _is_card(digits, grouped=last > first, text=text):
            fitting = last
    return fitting


def _is_card(digits: str, *, grouped: bool, text: str) -> bool:
    is_kind = any(len(digits) in lengths and kind.match(digits) for kind, lengths in _KINDS)
    if not is_kind or not passes_luhn(digits) or len(set(digits)) == 1:
        return False
    if not grouped and len(digits) <= GTIN_DIGITS_MAX and is_gtin(digits):
        return False
    # 13 digits are mostly articles and telephones; no such card was issued for twenty years
    return len(digits) > DIGITS_MIN or bool(_CARD_WORD.search(text))


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004 (the cross sum of two digits)
    return total % 10 == 0


def is_gtin(digits: str) -> bool:
    """Whether the last digit checks the others as GS1 does it."""
    total = sum(int(sign) * (1 + 2 * (place % 2)) for place, sign in enumerate(reversed(digits)))
    return total % 10 == 0


def _is_iban(text: str) -> bool:
    """ISO 13616: the remainder by 97 is 1."""
    plain = re.sub(r"[ \u00a0]", "", text).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned if sign.isascii())) % 97 == 1


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(digit(sign)) for sign in text if sign.isdecimal())
