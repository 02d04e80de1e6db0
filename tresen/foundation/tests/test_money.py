"""Money: whole minor units, one currency, rounded the commercial way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.foundation.money import CurrencyMix, Money, div_half_up

MINORS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("0.005", "EUR", 1),
        ("-0.005", "EUR", -1),
        ("0.0049", "EUR", 0),
        ("1234", "JPY", 1234),
        ("1.2345", "BHD", 1235),
    ],
)
def test_an_amount_is_rounded_half_up_to_its_currency(
    amount: str, currency: str, minor: int
) -> None:
    assert Money.from_amount(Decimal(amount), currency) == Money(minor, currency)


@given(MINORS, st.sampled_from(["EUR", "JPY", "BHD", "SEK"]))
def test_to_an_amount_and_back_loses_nothing(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.from_amount(money.amount, currency) == money


@given(MINORS, MINORS)
def test_sums_are_exact(one: int, other: int) -> None:
    assert Money(one, "EUR") + Money(other, "EUR") == Money(one + other, "EUR")
    assert Money(one, "EUR") - Money(other, "EUR") == Money(one - other, "EUR")


def test_two_currencies_never_meet_in_a_sum() -> None:
    with pytest.raises(CurrencyMix):
        Money(1, "EUR") + Money(1, "SEK")
    with pytest.raises(CurrencyMix):
        Money(1, "EUR") - Money(1, "SEK")


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_division_rounds_half_away_from_zero(numerator: int, denominator: int) -> None:
    found = div_half_up(numerator, denominator)
    assert abs(2 * (found * denominator - numerator)) <= denominator
    assert div_half_up(-numerator, denominator) == -found


@pytest.mark.parametrize(("numerator", "rounded"), [(5, 3), (-5, -3), (4, 2), (3, 2), (-3, -2)])
def test_a_half_goes_away_from_zero(numerator: int, rounded: int) -> None:
    assert div_half_up(numerator, 2) == rounded
