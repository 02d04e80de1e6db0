"""In which order goods are shown when nobody asked for another one."""

from __future__ import annotations

import math
from datetime import date

_RANK_PER_LOG = 1_000
_OUT_OF_STOCK = 1_000_000
"""What cannot be had stands behind everything that can; it is not hidden."""
_FIRST_DAY = date(2000, 1, 1)


def rank_of(*, demand: float, available: int) -> int:
    """Low is first: what sells well (logarithm of the pieces), what is sold out last."""
    assert demand >= 0
    sold = round(_RANK_PER_LOG * math.log1p(demand))
    return (0 if available > 0 else _OUT_OF_STOCK) - sold


def days_of(day: date) -> int:
    """A day as a number; greater is newer."""
    return (day - _FIRST_DAY).days
