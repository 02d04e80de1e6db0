"""The clock of Art. 12 (3) GDPR, counted by Regulation 1182/71: the published table."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.privacy.rules import deadlines
from tresen.domains.privacy.rules.deadlines import clock_of, last_day, may_extend, months_after

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    ("received", "extended", "expected"),
    [
        ("2026-11-30", False, "2026-12-30"),
        ("2027-01-31", False, "2027-03-01"),  # 28 February is a Sunday
        ("2026-11-30", True, "2027-03-01"),
    ],
)
def test_the_published_days(received: str, extended: bool, expected: str) -> None:
    clock = clock_of(date.fromisoformat(received), country="DE", region="HH", extended=extended)

    assert clock.due_on.isoformat() == expected


def test_without_the_rule_for_holidays_the_table_would_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control."""
    monkeypatch.setattr(deadlines, "working_day", lambda day, **_: day)

    assert clock_of(date(2027, 1, 31), country="DE").due_on == date(2027, 2, 28)


def test_the_holidays_are_those_of_the_responsible_place() -> None:
    """31 October is a holiday in Hamburg, and none in Bavaria; in 2028 it is a Tuesday."""
    received = date(2028, 9, 30)

    assert last_day(received, months=1, country="DE", region="HH") == date(2028, 10, 30)
    received = date(2028, 8, 31)
    assert last_day(received, months=2, country="DE", region="HH") == date(2028, 11, 1)
    assert last_day(received, months=2, country="DE", region="BY") == date(2028, 10, 31)


def test_a_holiday_behind_a_holiday_is_skipped_too() -> None:
    """25 and 26 December, then a weekend: the answer is due on Monday the 28th."""
    assert last_day(date(2026, 11, 25), months=1, country="DE", region="HH") == date(2026, 12, 28)


def test_an_extension_is_possible_once_and_only_inside_the_first_month() -> None:
    clock = clock_of(date(2026, 11, 30), country="DE")
    extended = clock_of(date(2026, 11, 30), country="DE", extended=True)

    assert may_extend(clock, today=date(2026, 12, 30))
    assert not may_extend(clock, today=date(2026, 12, 31))
    assert not may_extend(extended, today=date(2026, 12, 1))


@given(DAYS, st.integers(min_value=1, max_value=36))
def test_months_keep_the_number_of_the_day_or_end_with_the_month(day: date, months: int) -> None:
    later = months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, calendar.monthrange(later.year, later.month)[1])


@given(DAYS)
def test_the_last_day_is_always_a_working_day_and_never_more_than_a_week_late(day: date) -> None:
    found = last_day(day, months=1, country="DE", region="BY")

    assert found.weekday() < 5
    assert timedelta(0) <= found - months_after(day, 1) <= timedelta(days=7)
