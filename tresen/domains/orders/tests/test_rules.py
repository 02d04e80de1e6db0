"""Rules are pure, so they are tested with many made-up cases and no database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.orders import rules
from tresen.domains.orders.tests import make


def test_sums_that_fit_are_taken() -> None:
    rules.check_sums(make.order(make.line(quantity=3, minor=999), make.line()))


def test_an_order_without_lines_is_refused() -> None:
    with pytest.raises(rules.EmptyOrder):
        rules.check_sums(replace(make.order(), lines=()))


@pytest.mark.parametrize("name", ["goods", "net", "tax", "gross", "delivery_price"])
def test_one_cent_too_many_anywhere_is_a_fault_of_ours(name: str) -> None:
    order = make.order()

    with pytest.raises(AssertionError):
        rules.check_sums(replace(order, **{name: getattr(order, name) + make.euro(1)}))


@given(st.integers(1, 10**12))
def test_a_number_carries_its_check_digit(sequence: int) -> None:
    number = rules.number_of(sequence)

    assert rules.is_number(number)
    assert number[:-1] == str(sequence)


@given(st.integers(10**6, 10**9), st.integers(0, 5), st.integers(1, 9))
def test_one_mistyped_digit_is_found(sequence: int, place: int, shift: int) -> None:
    number = rules.number_of(sequence)
    wrong = str((int(number[place]) + shift) % 10)

    assert not rules.is_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "1", "abc", "１２３４", "12 34", "-12"])
def test_what_is_no_number_is_told(text: str) -> None:
    assert not rules.is_number(text)
