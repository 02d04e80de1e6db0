"""The shipped rates say on each day what the law says."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tresen.domains.tax.rules import (
    BadRates,
    NoRate,
    at_day,
    filled_up,
    is_in_union,
    rate_for,
    read_rates,
    shipped_rates,
)
from tresen.domains.tax.types import Place, RatePeriod, Supply, TaxRate, Treatment

NOVEMBER = date(2026, 11, 21)
PERIODS = cache(shipped_rates)

SEEDS = [
    ("SE", "food", date(2026, 3, 31), 1200),
    ("SE", "food", date(2026, 4, 1), 600),
    ("SE", "food", date(2028, 1, 1), 1200),
    ("LV", "bread", date(2026, 6, 30), 2100),
    ("LV", "bread", date(2026, 7, 1), 1200),
    ("LV", "bread", date(2027, 7, 1), 2100),
    ("AT", "butter", date(2026, 6, 30), 1000),
    ("AT", "butter", date(2026, 7, 1), 490),
    ("AT", "oat_flakes", date(2026, 7, 1), 1000),
    ("LT", "books", date(2026, 1, 1), 500),
    ("RO", "standard", date(2025, 7, 31), 1900),
    ("RO", "standard", date(2025, 8, 1), 2100),
    ("EE", "standard", date(2025, 6, 30), 2200),
    ("EE", "standard", date(2025, 7, 1), 2400),
    ("DE", "restaurant_food", date(2025, 12, 31), 1900),
    ("DE", "restaurant_food", date(2026, 1, 1), 700),
    ("FI", "food", date(2025, 12, 31), 1400),
    ("FI", "food", date(2026, 1, 1), 1350),
    ("SK", "standard", date(2024, 12, 31), 2000),
    ("SK", "standard", date(2025, 1, 1), 2300),
]
STANDARD_IN_NOVEMBER_2026 = {
    "AT": 2000, "BE": 2100, "BG": 2000, "CH": 810, "CY": 1900, "CZ": 2100, "DE": 1900,
    "DK": 2500, "EE": 2400, "ES": 2100, "FI": 2550, "FR": 2000, "GB": 2000, "GR": 2400,
    "HR": 2500, "HU": 2700, "IE": 2300, "IT": 2200, "LI": 810, "LT": 2100, "LU": 1700,
    "LV": 2100, "MT": 1800, "NL": 2100, "NO": 2500, "PL": 2300, "PT": 2300, "PT-20": 1600,
    "PT-30": 2200, "RO": 2100, "SE": 2500, "SI": 2200, "SK": 2300, "XI": 2000,
}  # fmt: skip


@pytest.mark.parametrize(("country", "category", "day", "basis_points"), SEEDS)
def test_the_rate_on_a_day_is_the_law_of_that_day(
    country: str, category: str, day: date, basis_points: int
) -> None:
    rates = at_day(PERIODS(), country=country, at=day)

    assert rate_for(rates, category=category).rate_bp == basis_points


def test_every_standard_rate_of_november_2026_is_there() -> None:
    countries = {period.rate.country for period in PERIODS()}

    found = {c: at_day(PERIODS(), country=c, at=NOVEMBER)["standard"].rate_bp for c in countries}

    assert found == STANDARD_IN_NOVEMBER_2026
    assert {c for c in countries if is_in_union(Place(country=c[:2]))} >= {"DE", "PT-20"}


def test_a_country_has_a_standard_rate_on_every_day_of_the_table() -> None:
    for country in {period.rate.country for period in PERIODS()}:
        days = [p for p in PERIODS() if p.rate.country == country and p.rate.category == "standard"]
        assert days[0].valid_from == date(2021, 1, 1)
        assert days[-1].valid_to is None
        assert [p.valid_to for p in days[:-1]] == [p.valid_from for p in days[1:]]


def test_an_unknown_category_is_standard_and_says_so() -> None:
    rates = at_day(PERIODS(), country="DE", at=NOVEMBER)

    found = rate_for(rates, category="garden_gnomes")

    assert found == TaxRate("garden_gnomes", "DE", Treatment.STANDARD, 1900)


def test_a_narrow_category_takes_the_broader_rate_with_its_treatment() -> None:
    rates = filled_up(at_day(PERIODS(), country="DE", at=NOVEMBER))

    assert rates["bread"] == TaxRate("bread", "DE", Treatment.REDUCED, 700)
    assert rates["ebooks"] == TaxRate("ebooks", "DE", Treatment.REDUCED, 700)


def test_an_export_has_no_rate_whatever_the_category() -> None:
    rates = at_day(PERIODS(), country="DE", at=NOVEMBER)
    supply = Supply(country="DE", area="DE", treatment=Treatment.EXPORT)

    found = rate_for(rates, category="food", supply=supply)

    assert found == TaxRate("food", "DE", Treatment.EXPORT, 0)


def test_a_country_without_rates_has_none() -> None:
    assert filled_up({}) == {}
    with pytest.raises(NoRate):
        rate_for({}, category="food")


def test_two_rates_for_one_category_on_one_day_are_refused() -> None:
    with pytest.raises(BadRates, match="DE food: 2026-05-01 overlaps"):
        read_rates([_document("from = 2026-01-01, to = 2026-06-01", "from = 2026-05-01")])


def test_a_period_may_begin_on_the_day_another_ends() -> None:
    periods = read_rates([_document("from = 2026-01-01, to = 2026-05-01", "from = 2026-05-01")])

    assert [_days(period) for period in periods] == [
        (date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), None),
    ]


def _document(*days: str) -> str:
    rows = [
        f'{{ category = "food", treatment = "reduced", basis_points = 700, {words} }}'
        for words in days
    ]
    return f'areas = ["DE"]\nsource = "a test"\nrate = [{", ".join(rows)}]'


def _days(period: RatePeriod) -> tuple[date, date | None]:
    return period.valid_from, period.valid_to
