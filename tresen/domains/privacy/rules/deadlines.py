"""Periods of law as Regulation (EEC, Euratom) 1182/71 counts them.

Art. 3 (2)(c): a period of months ends with the day of the same number, or, where the month has
none, with its last day. Art. 3 (4): where that is a holiday, a Saturday or a Sunday, it ends with
the next working day. The day of the event is not counted, which the same number already says.
Holidays are those of the responsible place, from the `holidays` package.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

import holidays

from tresen.domains.privacy.types.requests import Clock

ANSWER_MONTHS = 1
"""Art. 12 (3): one month after receipt …"""
EXTENSION_MONTHS = 2
"""… and at most two further ones, told inside the first."""
MONTHS_OF_A_YEAR = 12
SATURDAY = 5


def clock_of(received_on: date, *, country: str, region: str = "", extended: bool = False) -> Clock:
    """When the answer is due. An extension counts from the receipt, not from a moved first end."""
    first = last_day(received_on, months=ANSWER_MONTHS, country=country, region=region)
    months = ANSWER_MONTHS + EXTENSION_MONTHS
    longest = last_day(received_on, months=months, country=country, region=region)
    return Clock(
        due_on=longest if extended else first,
        first_due_on=first,
        extended=extended,
    )


def may_extend(clock: Clock, *, today: date) -> bool:
    """Once, and only while the first month runs: the notice must reach the person in it."""
    return not clock.extended and today <= clock.first_due_on


def last_day(received_on: date, *, months: int, country: str, region: str = "") -> date:
    """The last day of a period of so many months after an event."""
    return working_day(months_after(received_on, months), country=country, region=region)


def months_after(day: date, months: int) -> date:
    """The same number so many months later, or that month's last day."""
    count = day.year * MONTHS_OF_A_YEAR + day.month - 1 + months
    year, month = divmod(count, MONTHS_OF_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def working_day(day: date, *, country: str, region: str = "") -> date:
    """That day, or the next one that is neither weekend nor holiday at the place."""
    while day.weekday() >= SATURDAY or day in _holidays(country, region, day.year):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
