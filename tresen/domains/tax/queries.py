"""Reads. The rates of a country on a day are remembered for RATES_SECONDS per process."""

from __future__ import annotations

from datetime import date

from tresen.domains.tax.rules import filled_up
from tresen.domains.tax.types import TaxRate, Treatment
from tresen.foundation import sql
from tresen.foundation.remembered import Remembered

RATES_SECONDS = 60.0

_RATES = """
SELECT category, country, treatment, basis_points FROM tax_rate
WHERE country = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
"""

_remembered = Remembered[tuple[str, date], dict[str, TaxRate]](seconds=RATES_SECONDS)


def ask_rates(*, country: str, at: date) -> sql.Asked[dict[str, TaxRate]]:
    """The rates of a country or area on a day: every known category with what counts for it.

    Empty for a country that has none here. An unknown category is standard (rules.rate_for).
    """
    return sql.ask(_RATES, (country, at, at), shape=_filled)


def rates_of(*, country: str, at: date) -> dict[str, TaxRate]:
    """The same as ask_rates, remembered: rates change a few times a year."""
    if known := _remembered.find((country, at)):
        return known
    rates = ask_rates(country=country, at=at).answer()
    return _remembered.keep((country, at), rates) if rates else rates


def forget_rates() -> None:
    _remembered.forget()


def _filled(found: list[sql.Row]) -> dict[str, TaxRate]:
    rows = [
        TaxRate(str(category), str(country), Treatment(str(treatment)), int(str(basis_points)))
        for category, country, treatment, basis_points in found
    ]
    return filled_up({rate.category: rate for rate in rows})
