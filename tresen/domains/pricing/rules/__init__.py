"""Decisions about prices. Pure: no database, no clock, no network."""

from __future__ import annotations

from tresen.domains.pricing.rules.history import (
    LOOK_BACK_DAYS,
    NoReduction,
    end_of,
    must_name_lowest_price,
    reduction_of,
    start_of,
    timeline,
    window_start,
)
from tresen.domains.pricing.rules.rows import BadPrice, DuplicatePrice, WrongCurrency, check_rows
from tresen.domains.pricing.rules.unit_price import unit_price_of

__all__ = [
    "LOOK_BACK_DAYS",
    "BadPrice",
    "DuplicatePrice",
    "NoReduction",
    "WrongCurrency",
    "check_rows",
    "end_of",
    "must_name_lowest_price",
    "reduction_of",
    "start_of",
    "timeline",
    "unit_price_of",
    "window_start",
]
