"""Reads. The rates of a country on a day are remembered for RATES_SECONDS per process."""

from __future__ import annotations

import time
from datetime import date

from tresen.domains.tax.rules import filled_up
from tresen.domains.tax.types import TaxRate, Treatment
from tresen.foundation import sql

RATES_SECONDS = 60.0
REMEMBERED_MAX = 500

_RATES = """
SELECT category, country, treatment, basis_points FROM tax_rate
WHERE country = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
"""

_remembered: dict[tuple[str, date], tuple[float, dict[str, TaxRate]]] = {}


def ask_rates(*, country: str, at: date) -> sql.Asked[dict[str, TaxRate]]:
    """The rates of a country or area on a day: every known category with what counts for it.

    Empty for a country that has none here. An unknown category is standard (rules.rate_for).
    """
    return sql.ask(_RATES, (country, at, at), shape=_filled)


def rates_of(*, country: str, at: date) -> dict[str, TaxRate]:
    """The same as ask_rates, remembered: rates change a few times a year."""
    known = _remembered.get((country, at))
    if known is not None and time.monotonic() - known[0] < RATES_SECONDS:
        return known[1]
    rates = ask_rates(country=country, at=at).answer()
    if rates:
        if len(_remembered) >= REMEMBERED_MAX:
            _remembered.clear()
        _remembered[country, at] = (time.monotonic(), rates)
    return rates


def forget_rates() -> None:
    _remembered.clear()


def _filled(found: list[sql.Row]) -> dict[str, TaxRate]:
    rows = [
        TaxRate(str(category), str(country), Treatment(str(treatment)), int(str(basis_points)))
        for category, country, treatment, basis_points in found
    ]
    return filled_up({rate.category: rate for rate in rows})
