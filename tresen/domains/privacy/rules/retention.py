"""How long a record is kept: dated rules as data, one TOML file per country beside this package."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import cast

from tresen.domains.privacy.rules.deadlines import months_after
from tresen.domains.privacy.types.retention import KeptUntil, Period, Start, Unit

EVERYWHERE = ""
"""Rules of the product itself, where no country's law says more."""
DECEMBER, LAST = 12, 31
MONTHS_OF_A_YEAR = 12

_Table = Mapping[str, object]


class BadPeriods(Exception):
    """A retention file is not in order. The message names country, class and day."""


class NoPeriod(Exception):
    """Nothing says how long that class is kept. Remedy: add it to retention/all.toml."""


@lru_cache(maxsize=1)
def shipped_periods() -> tuple[Period, ...]:
    """The rules that come with this version."""
    folder = resources.files("tresen.domains.privacy") / "retention"
    files = sorted(
        (found for found in folder.iterdir() if found.name.endswith(".toml")),
        key=lambda found: found.name,
    )
    return read_periods(found.read_text(encoding="utf-8") for found in files)


def read_periods(documents: Iterable[str]) -> tuple[Period, ...]:
    """Periods out of TOML texts. Raises BadPeriods where two overlap."""
    periods = [
        _period(row, country=str(document.get("country", EVERYWHERE)))
        for document in map(tomllib.loads, documents)
        for row in cast("list[_Table]", document["period"])
    ]
    ordered = sorted(periods, key=lambda p: (p.country, p.retention, p.valid_from))
    for earlier, later in pairwise(ordered):
        _check_order(earlier, later)
    return tuple(ordered)


def keep_until(
    retention: str,
    *,
    created_on: date,
    country: str,
    today: date,
    stays_open_until: Sequence[date] = (),
    periods: Sequence[Period] | None = None,
) -> KeptUntil:
    """The last day on which a record of that class is kept, and why.

    The rule of `today` counts, also for old records whose period still runs (§ 147 (3) AO with
    Art. 97 § 19a EGAO). `stays_open_until` are days before which the period does not end: an
    assessment that is still open, a dispute. Raises NoPeriod.
    """
    rule = period_of(retention, country=country, today=today, periods=periods)
    day = max([_counted(rule, created_on), *stays_open_until])
    return KeptUntil(day=day, law=rule.law, statutory=rule.statutory)


def period_of(
    retention: str, *, country: str, today: date, periods: Sequence[Period] | None = None
) -> Period:
    """The country's own rule of that day, else the product's. Raises NoPeriod."""
    known = shipped_periods() if periods is None else periods
    for place in (country, EVERYWHERE):
        for period in known:
            begun = period.valid_from <= today
            ended = period.valid_to is not None and today >= period.valid_to
            if (period.retention, period.country) == (retention, place) and begun and not ended:
                return period
    raise NoPeriod(f"{retention} ({country or 'everywhere'}, {today})")


def created_before(period: Period, *, today: date) -> date:
    """Records of that rule created before this day are no longer kept on `today`."""
    if period.start is Start.YEAR_END:
        assert period.unit is Unit.YEARS
        return date(today.year - period.count, 1, 1)
    day = today
    while _counted(period, day) >= today:
        day -= timedelta(days=1)
    return day + timedelta(days=1)


def classes() -> tuple[str, ...]:
    """Every class that some rule names."""
    return tuple(sorted({period.retention for period in shipped_periods()}))


def _counted(rule: Period, created_on: date) -> date:
    begin = date(created_on.year, DECEMBER, LAST) if rule.start is Start.YEAR_END else created_on
    if rule.unit is Unit.DAYS:
        return begin + timedelta(days=rule.count)
    months = rule.count * (MONTHS_OF_A_YEAR if rule.unit is Unit.YEARS else 1)
    return months_after(begin, months)


def _period(row: _Table, *, country: str) -> Period:
    valid_to, count = row.get("to"), row["count"]
    assert isinstance(count, int)
    return Period(
        retention=str(row["class"]),
        country=country,
        valid_from=_day(row["from"]),
        valid_to=None if valid_to is None else _day(valid_to),
        count=count,
        unit=Unit(str(row["unit"])),
        start=Start(str(row["start"])),
        law=str(row["law"]),
        statutory=bool(row.get("statutory", False)),
    )


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _check_order(earlier: Period, later: Period) -> None:
    same = (earlier.country, earlier.retention) == (later.country, later.retention)
    if same and (earlier.valid_to is None or earlier.valid_to > later.valid_from):
        raise BadPeriods(
            f"{later.country or 'everywhere'} {later.retention}: {later.valid_from} overlaps the"
            f" period from {earlier.valid_from}"
        )
