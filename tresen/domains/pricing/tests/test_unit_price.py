"""The law's table of unit prices (PAngV 2022 §4, §5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tresen.domains.pricing.rules import unit_price_of
from tresen.domains.pricing.tests.make import euro
from tresen.foundation.money import Money


@pytest.mark.parametrize(
    ("amount", "content", "pieces", "shown"),
    [
        pytest.param("3.99", "500 g", 1, "7.98 kg", id="500 g"),
        pytest.param("6.99", "750 ml", 1, "9.32 l", id="three quarters of a litre"),
        pytest.param("2.40", "480 g", 1, "5.00 kg", id="a tin, drained weight"),
        pytest.param("2.49", "250 g", 1, "9.96 kg", id="250 g"),
        pytest.param("12.99", "50 ml", 1, "259.80 l", id="50 ml of cream"),
        pytest.param("0.99", "500 ml", 1, "1.98 l", id="a bottle without its deposit"),
        pytest.param("4.50", "1500 ml", 6, "0.50 l", id="six bottles"),
        pytest.param("5.98", "500 g", 3, "3.99 kg", id="three for two"),
        pytest.param("1.00", "10 ml", 1, "100.00 l", id="exactly 10 ml"),
        pytest.param("3.00", "5 g", 6, "100.00 kg", id="small pieces, 30 g in all"),
        pytest.param("12.50", "2.5 m", 1, "5.00 m", id="by the metre"),
        pytest.param("30.00", "0.8 m2", 1, "37.50 m2", id="by the square metre"),
        pytest.param("1.00", "3000 g", 1, "0.33 kg", id="rounded down"),
        pytest.param("2.00", "3000 g", 1, "0.67 kg", id="rounded up"),
    ],
)
def test_the_price_of_one_unit(amount: str, content: str, pieces: int, shown: str) -> None:
    holds, unit = content.split()

    found = unit_price_of(
        euro(amount), content_amount=Decimal(holds), content_unit=unit, pieces=pieces
    )

    assert found is not None
    expected, per = shown.split()
    assert (found.amount, found.unit, found.may_be_omitted) == (euro(expected), per, False)


@pytest.mark.parametrize(
    ("content", "unit"),
    [
        pytest.param("4", "g", id="a lipstick"),
        pytest.param("9", "g", id="9 g of spice"),
        pytest.param("9.9", "ml", id="just below 10 ml"),
        pytest.param(None, "", id="a gift basket"),
        pytest.param("3", "", id="sold by the piece"),
        pytest.param("0", "g", id="nothing in it"),
    ],
)
def test_none_is_shown_where_none_is_due(content: str | None, unit: str) -> None:
    amount = None if content is None else Decimal(content)

    assert unit_price_of(euro("9.99"), content_amount=amount, content_unit=unit) is None


def test_it_may_be_left_out_where_it_says_the_same() -> None:
    found = unit_price_of(euro("0.89"), content_amount=Decimal(1000), content_unit="g")

    assert found is not None
    assert (found.amount, found.may_be_omitted) == (euro("0.89"), True)


def test_it_follows_the_price() -> None:
    before = unit_price_of(euro("3.99"), content_amount=Decimal(500), content_unit="g")
    after = unit_price_of(euro("2.99"), content_amount=Decimal(500), content_unit="g")

    assert before is not None
    assert after is not None
    assert (before.amount, after.amount) == (euro("7.98"), euro("5.98"))


def test_it_has_the_places_of_its_currency() -> None:
    found = unit_price_of(Money(500, "JPY"), content_amount=Decimal(300), content_unit="g")

    assert found is not None
    assert found.amount == Money(1667, "JPY")
