"""The dated rates as data, and which of them fits a category on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import pairwise
from typing import cast

from tresen.domains.tax.types import BROADER, STANDARD, RatePeriod, Supply, TaxRate, Treatment

_Table = Mapping[str, object]


class BadRates(Exception):
    """A rate file is not in order. Remedy: the message names country, category and day."""


class NoRate(Exception):
    """No standard rate is known for that country on that day."""


def shipped_rates() -> tuple[RatePeriod, ...]:
    """The rates that come with this version: one TOML file per country beside this package."""
    folder = resources.files("tresen.domains.tax") / "rates"
    files = sorted(
        (found for found in folder.iterdir() if found.name.endswith(".toml")),
        key=lambda found: found.name,
    )
    return read_rates(found.read_text(encoding="utf-8") for found in files)


def read_rates(documents: Iterable[str]) -> tuple[RatePeriod, ...]:
    """Periods out of TOML texts, each area of a document with all its rates. Raises BadRates."""
    periods = [
        _period(row, area=area, source=str(document["source"]))
        for document in map(tomllib.loads, documents)
        for area in cast("list[str]", document["areas"])
        for row in cast("list[_Table]", document["rate"])
    ]
    ordered = sorted(periods, key=lambda p: (p.rate.country, p.rate.category, p.valid_from))
    for earlier, later in pairwise(ordered):
        _check_order(earlier, later)
    return tuple(ordered)


def at_day(periods: Iterable[RatePeriod], *, country: str, at: date) -> dict[str, TaxRate]:
    """The rates of a country on a day, by category, as they stand in the table."""
    return {
        period.rate.category: period.rate
        for period in periods
        if period.rate.country == country
        and period.valid_from <= at
        and (period.valid_to is None or at < period.valid_to)
    }


def filled_up(rates: Mapping[str, TaxRate]) -> dict[str, TaxRate]:
    """Every known category with the rate that counts for it. Nothing for a country without."""
    if STANDARD not in rates:
        return {}
    return {category: rate_for(rates, category=category) for category in {*rates, *BROADER}}


def rate_for(
    rates: Mapping[str, TaxRate], *, category: str, supply: Supply | None = None
) -> TaxRate:
    """The rate of a category: its own, its broader category's, at last the standard one.

    The answer names the category that was asked for and the treatment that was found. A supply
    that is taxed nowhere (export) has a rate of nothing. Raises NoRate.
    """
    if supply is not None and supply.treatment is not None:
        return TaxRate(category, supply.country, supply.treatment, 0)
    found, name = rates.get(category), category
    while found is None and name != STANDARD:
        name = BROADER.get(name, STANDARD)
        found = rates.get(name)
    if found is None:
        raise NoRate(category)
    return found if found.category == category else replace(found, category=category)


def _period(row: _Table, *, area: str, source: str) -> RatePeriod:
    rate_bp, valid_to = row["basis_points"], row.get("to")
    assert isinstance(rate_bp, int)
    return RatePeriod(
        rate=TaxRate(str(row["category"]), area, Treatment(str(row["treatment"])), rate_bp),
        valid_from=_day(row["from"]),
        valid_to=None if valid_to is None else _day(valid_to),
        source=str(row.get("source", source)),
    )


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _check_order(earlier: RatePeriod, later: RatePeriod) -> None:
    same = (earlier.rate.country, earlier.rate.category) == (
        later.rate.country,
        later.rate.category,
    )
    if same and (earlier.valid_to is None or earlier.valid_to > later.valid_from):
        raise BadRates(
            f"{later.rate.country} {later.rate.category}: {later.valid_from} overlaps"
            f" the period from {earlier.valid_from}"
        )
