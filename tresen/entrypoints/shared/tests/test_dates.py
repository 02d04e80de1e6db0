"""Days are spelled out where they are promises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tresen.entrypoints.shared.dates import (
    date_short,
    date_words,
    day_words,
    machine_moment,
    moment_short,
    moment_words,
    span_words,
)

TUESDAY = date(2026, 11, 24)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Dienstag, 24. November"), ("en", "Tuesday 24 November")],
)
def test_a_promised_day_has_its_weekday(language: str, words: str) -> None:
    assert day_words(TUESDAY, language=language) == words


@pytest.mark.parametrize(
    ("last", "language", "words"),
    [
        (date(2026, 11, 26), "de", "Dienstag, 24. bis Donnerstag, 26. November"),
        (date(2026, 11, 26), "en", "Tuesday 24 to Thursday 26 November"),
        (date(2026, 12, 1), "de", "Dienstag, 24. November bis Dienstag, 1. Dezember"),
        (date(2027, 11, 24), "de", "Dienstag, 24. November bis Mittwoch, 24. November"),
        (TUESDAY, "de", "Dienstag, 24. November"),
    ],
)
def test_a_span_names_its_month_once_where_that_is_clear(
    last: date, language: str, words: str
) -> None:
    assert span_words(TUESDAY, last, language=language) == words


def test_a_span_that_ends_before_it_begins_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        span_words(TUESDAY, date(2026, 11, 23), language="de")


def test_dates_of_documents_have_the_year() -> None:
    assert date_words(TUESDAY, language="de") == "24. November 2026"
    assert date_words(TUESDAY, language="en") == "24 November 2026"
    assert date_short(TUESDAY, language="de") == "24.11.2026"
    assert date_short(TUESDAY, language="en") == "24/11/2026"


def test_moments_are_told_at_the_market_clock() -> None:
    moment = datetime(2026, 11, 24, 23, 32, 5, tzinfo=UTC)

    assert moment_words(moment, language="de", zone=BERLIN) == "25. November 2026, 00:32 Uhr"
    assert moment_words(moment, language="en", zone=BERLIN) == "25 November 2026, 00:32"
    assert moment_short(moment, language="de", zone=BERLIN) == "25.11.2026 00:32"


def test_machines_read_iso_8601() -> None:
    assert machine_moment(TUESDAY) == "2026-11-24"
    assert machine_moment(datetime(2026, 11, 24, 9, 5, 7, 99, tzinfo=UTC)) == (
        "2026-11-24T09:05:07+00:00"
    )
