"""Decisions about tax. Pure: no database, no clock, no network."""

from __future__ import annotations

from tresen.domains.tax.rules.assessment import (
    NothingToTax,
    assess,
    gross_keeping_net,
    shared_out,
    smallest_step,
)
from tresen.domains.tax.rules.place import decide_country
from tresen.domains.tax.rules.rates import (
    BadRates,
    NoRate,
    at_day,
    filled_up,
    rate_for,
    read_rates,
    shipped_rates,
)
from tresen.domains.tax.rules.territories import area_of, is_in_union, is_outside_vat

__all__ = [
    "BadRates",
    "NoRate",
    "NothingToTax",
    "area_of",
    "assess",
    "at_day",
    "decide_country",
    "filled_up",
    "gross_keeping_net",
    "is_in_union",
    "is_outside_vat",
    "rate_for",
    "read_rates",
    "shared_out",
    "shipped_rates",
    "smallest_step",
]
