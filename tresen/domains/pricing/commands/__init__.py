"""Writes. Keywords only, inside the caller's transaction, set-based, and each tells."""

from __future__ import annotations

from tresen.domains.pricing.commands.lists import (
    ListIsFixed,
    PriorityTaken,
    end_price_list,
    open_price_list,
)
from tresen.domains.pricing.commands.prices import set_prices, withdraw_prices
from tresen.domains.pricing.commands.reductions import announce_reductions, end_reductions

__all__ = [
    "ListIsFixed",
    "PriorityTaken",
    "announce_reductions",
    "end_price_list",
    "end_reductions",
    "open_price_list",
    "set_prices",
    "withdraw_prices",
]
