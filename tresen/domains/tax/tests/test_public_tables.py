"""Our standard rates against four public tables; where one of them is stale, it is named here."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tresen.domains.tax.rules import at_day, shipped_rates

pytestmark = pytest.mark.real_data

Reader = Callable[[str], str]
TODAY = date(2026, 11, 21)
BEGIN = date(2021, 1, 1)
PERIODS = cache(shipped_rates)
COUNTRIES = sorted({p.rate.country for p in PERIODS() if len(p.rate.country) == 2} - {"XI"})

STALE_TODAY = {"LI": 770}
"""node-sales-tax: Liechtenstein follows Switzerland, 8.1 % since 2024."""
STALE_HISTORY = {("IE", date(2021, 1, 1)): 2300}
"""kdeldycke/vat-rates: without the 21 % that Ireland had until the end of February 2021."""
STALE_REDUCED = {
    ("CY", "books", 300),
    ("FI", "books", 1350),
    ("FI", "food", 1350),
}
"""ibericode/vat-rates: rates of ours that it does not know, as it still has those before."""


def _ours(country: str, day: date) -> int:
    return at_day(PERIODS(), country=country, at=day)["standard"].rate_bp


@pytest.fixture
def read(shared: Path) -> Reader:
    """The text of one of the public tables."""
    return lambda name: (shared / "data" / "eu-vat-rates" / name).read_text(encoding="utf-8")


def _bp(rate: object) -> int:
    return round(float(str(rate)) * 100)


def test_today_equals_the_commissions_database(read: Reader) -> None:
    rates = json.loads(read("vatnode_eu_vat_rates_data.json"))["rates"]

    theirs = {c: _bp(rates[c]["standard"]) for c in COUNTRIES if c in rates}

    assert theirs == {c: _ours(c, TODAY) for c in theirs}
    assert len(theirs) >= 30


def test_today_equals_the_table_of_node_sales_tax(read: Reader) -> None:
    rates = json.loads(read("sales_tax_rates.json"))

    theirs = {c: _bp(100 * rates[c]["rate"]) for c in COUNTRIES if rates.get(c, {}).get("rate")}

    assert theirs == {c: _ours(c, TODAY) for c in theirs} | STALE_TODAY
    assert len(theirs) >= 29


def test_each_change_of_ibericode_is_ours(read: Reader) -> None:
    found = 0
    for country, periods in json.loads(read("ibericode_vat-rates.json"))["items"].items():
        for period in periods:
            day = _since(period["effective_from"])
            later = [_since(p["effective_from"]) for p in periods if p is not period]
            if day in later:
                continue
            assert _bp(period["rates"]["standard"]) == _ours(country, day), (country, day)
            found += 1
    assert found >= 29


def test_reduced_rates_of_today_are_known_to_ibericode_or_named_as_stale(read: Reader) -> None:
    items = json.loads(read("ibericode_vat-rates.json"))["items"]
    unknown = set()
    for country, periods in items.items():
        newest = max(periods, key=lambda period: period["effective_from"])
        theirs = {_bp(rate) for rate in newest["rates"].values()} | {0}
        ours = at_day(PERIODS(), country=country, at=TODAY)
        unknown |= {
            (country, category, ours[category].rate_bp)
            for category in ("food", "books")
            if category in ours and ours[category].rate_bp not in theirs
        }
    assert unknown == STALE_REDUCED


def test_each_change_of_kdeldycke_is_ours_or_named_as_stale(read: Reader) -> None:
    stale, found = {}, 0
    for row in csv.DictReader(read("kdeldycke_vat_rates.csv").splitlines()):
        country = row["territory_codes"].split()[0]
        if country not in COUNTRIES or row["rate_type"] != "standard":
            continue
        if row["stop_date"] and date.fromisoformat(row["stop_date"]) <= BEGIN:
            continue
        found += 1
        for day in _days(row["start_date"], row["stop_date"], country):
            if (theirs := _bp(float(row["rate"]) * 100)) != _ours(country, day):
                stale[country, day] = theirs
    assert stale == STALE_HISTORY
    assert found >= 28


def _since(text: str) -> date:
    return max(date.fromisoformat(text), BEGIN) if text[:4] != "0000" else BEGIN


def _days(start: str, stop: str, country: str) -> list[date]:
    """The days on which our rate changes while theirs is said to hold."""
    first = max(date.fromisoformat(start), BEGIN)
    last = date.fromisoformat(stop) if stop else TODAY
    changes = [
        p.valid_from
        for p in PERIODS()
        if (p.rate.country, p.rate.category) == (country, "standard")
    ]
    return [first, *(day for day in changes if first < day < last)]
