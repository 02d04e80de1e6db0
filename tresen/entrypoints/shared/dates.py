"""Days and moments in words, in the page's language and the market's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel.dates import format_date

from tresen.entrypoints.shared.amounts import locale_of


@dataclass(frozen=True, slots=True)
class _Habits:
    """How a language writes days: CLDR date patterns and two joining words."""

    day: str
    day_in_month: str
    date: str
    short: str
    span: str
    clock: str


# CLDR's skeletons shorten the weekday («Di., 24. November»); a promise spells it out.
_HABITS = {
    "de": _Habits("EEEE, d. MMMM", "EEEE, d.", "d. MMMM yyyy", "dd.MM.yyyy", "{} bis {}", "{} Uhr"),
    "en": _Habits("EEEE d MMMM", "EEEE d", "d MMMM yyyy", "dd/MM/yyyy", "{} to {}", "{}"),
}


def day_words(day: date, *, language: str) -> str:
    """`Dienstag, 24. November`: for promises, where the weekday matters and the year is clear."""
    return _formatted(day, _habits(language).day, language)


def date_words(day: date, *, language: str) -> str:
    """`24. November 2026`: for documents and histories."""
    return _formatted(day, _habits(language).date, language)


def date_short(day: date, *, language: str) -> str:
    """`24.11.2026` or `24/11/2026`: for tables."""
    return _formatted(day, _habits(language).short, language)


def span_words(first: date, last: date, *, language: str) -> str:
    """`Dienstag, 24. bis Donnerstag, 26. November`; one day alone stays one day."""
    assert first <= last, "a span ends no earlier than it begins"
    end = day_words(last, language=language)
    if first == last:
        return end
    habits = _habits(language)
    same_month = (first.year, first.month) == (last.year, last.month)
    pattern = habits.day_in_month if same_month else habits.day
    return habits.span.format(_formatted(first, pattern, language), end)


def moment_words(moment: datetime, *, language: str, zone: tzinfo) -> str:
    """`24. November 2026, 14:32 Uhr`: to the minute, at the market's clock."""
    local = moment.astimezone(zone)
    clock = _habits(language).clock.format(f"{local:%H:%M}")
    return f"{date_words(local.date(), language=language)}, {clock}"


def moment_short(moment: datetime, *, language: str, zone: tzinfo) -> str:
    """`24.11.2026 14:32`: for tables and timelines."""
    local = moment.astimezone(zone)
    return f"{date_short(local.date(), language=language)} {local:%H:%M}"


def machine_moment(moment: date) -> str:
    """The `datetime` attribute of `<time>`: ISO 8601, moments to the second with their offset."""
    return moment.isoformat("T", "seconds") if isinstance(moment, datetime) else moment.isoformat()


def _habits(language: str) -> _Habits:
    return _HABITS.get(language.partition("-")[0], _HABITS["en"])


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, format=pattern, locale=locale_of(language))
