"""The table is filled by the migrations and keeps its own order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.tax.commands import load_rates
from tresen.domains.tax.models import Rate
from tresen.domains.tax.queries import ask_rates, forget_rates, rates_of
from tresen.domains.tax.rules import at_day, filled_up, shipped_rates
from tresen.domains.tax.types import Treatment

NOVEMBER = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _loaded(db: None) -> Iterator[None]:
    load_rates(shipped_rates())
    yield
    forget_rates()


@pytest.mark.parametrize("day", [date(2025, 7, 1), NOVEMBER, date(2028, 1, 1)])
def test_the_table_answers_as_the_files_read(day: date) -> None:
    for country in ("DE", "AT", "SE", "PT-30", "XI"):
        expected = filled_up(at_day(shipped_rates(), country=country, at=day))
        assert ask_rates(country=country, at=day).answer() == expected


def test_asking_takes_one_statement_and_none_when_remembered(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    forget_rates()

    with django_assert_num_queries(1):
        first = rates_of(country="DE", at=NOVEMBER)
    with django_assert_num_queries(0):
        again = rates_of(country="DE", at=NOVEMBER)

    assert first["food"].rate_bp == again["food"].rate_bp == 700
    assert first["standard"].treatment is Treatment.STANDARD


def test_a_country_without_rates_answers_nothing_and_is_not_remembered() -> None:
    assert rates_of(country="US", at=NOVEMBER) == {}


def test_loading_again_changes_nothing() -> None:
    before = sorted(Rate.objects.values_list("country", "category", "valid_from", "basis_points"))

    load_rates(shipped_rates())

    after = sorted(Rate.objects.values_list("country", "category", "valid_from", "basis_points"))
    assert after == before


def test_the_database_refuses_two_rates_on_one_day() -> None:
    first = next(period for period in shipped_rates() if period.valid_to is None)
    twice = replace(first, valid_from=date(2030, 1, 1))

    with pytest.raises(IntegrityError, match="tax_rate_one_at_a_time"), transaction.atomic():
        load_rates([first, twice])

    assert ask_rates(country="DE", at=NOVEMBER).answer()


def test_the_database_refuses_a_period_that_ends_before_it_begins() -> None:
    first = shipped_rates()[0]
    backwards = replace(first, valid_from=date(2030, 1, 2), valid_to=date(2030, 1, 1))

    with pytest.raises(IntegrityError, match="days_in_order"), transaction.atomic():
        load_rates([backwards])
