"""Amounts are written as Babel writes them, with a true minus sign."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from tresen.entrypoints.shared.amounts import locale_of, money_words, number_words, percent_words
from tresen.foundation.money import Money

BILLIONS = 10**12
SIGNS = ["EUR", "USD", "GBP", "JPY"]
LETTERS = ["HUF", "PLN", "CZK", "CHF"]


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (123456, "EUR", "de", "1.234,56\N{NO-BREAK SPACE}€"),
        (123456, "EUR", "en", "€1,234.56"),
        (-5, "EUR", "de", "\N{MINUS SIGN}0,05\N{NO-BREAK SPACE}€"),
        (-5, "EUR", "en", "\N{MINUS SIGN}€0.05"),
        (1500, "JPY", "de", "1.500\N{NO-BREAK SPACE}¥"),
        (1234567, "BHD", "en", "BHD\N{NO-BREAK SPACE}1,234.567"),
        (1200, "CHF", "en", "CHF\N{NO-BREAK SPACE}12.00"),
    ],
)
def test_money_reads_as_the_language_writes_it(
    minor: int, currency: str, language: str, words: str
) -> None:
    assert money_words(Money(minor, currency), language=language) == words


@given(
    minor=st.integers(0, BILLIONS),
    wording=st.sampled_from([*product(SIGNS, ["de", "en"]), *product(LETTERS, ["de"])]),
)
def test_money_agrees_with_babel(minor: int, wording: tuple[str, str]) -> None:
    """Letters before a number are left out: there Babel forgets the gap that CLDR asks for."""
    currency, language = wording
    amount = Money(minor, currency)

    expected = format_currency(amount.amount, currency, locale=locale_of(language))

    assert money_words(amount, language=language) == expected


@given(number=st.integers(0, BILLIONS), language=st.sampled_from(["de", "en"]))
def test_numbers_agree_with_babel(number: int, language: str) -> None:
    assert number_words(number, language=language) == format_decimal(
        number, locale=locale_of(language)
    )


def test_a_decimal_keeps_the_places_it_comes_with() -> None:
    assert number_words(Decimal("1234.50"), language="de") == "1.234,50"


def test_percent_is_spaced_as_the_language_does() -> None:
    assert percent_words(19, language="de") == "19\N{NO-BREAK SPACE}%"
    assert percent_words(19, language="en") == "19%"


def test_an_unknown_language_gets_british_marks() -> None:
    assert money_words(Money(100, "EUR"), language="xx") == "€1.00"
