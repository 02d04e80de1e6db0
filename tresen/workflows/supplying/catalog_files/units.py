"""Units of measure: told from a field's name, read beside a number, and turned into ours."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

UNITS: Final = {
    "mg": ("weight", Decimal("0.001")),
    "g": ("weight", Decimal(1)),
    "kg": ("weight", Decimal(1000)),
    "t": ("weight", Decimal(1_000_000)),
    "oz": ("weight", Decimal("28.349523125")),
    "lb": ("weight", Decimal("453.59237")),
    "mm": ("length", Decimal(1)),
    "cm": ("length", Decimal(10)),
    "m": ("length", Decimal(1000)),
    "in": ("length", Decimal("25.4")),
    "ft": ("length", Decimal("304.8")),
    "ml": ("volume", Decimal(1)),
    "cl": ("volume", Decimal(10)),
    "l": ("volume", Decimal(1000)),
    "m2": ("area", Decimal(1)),
}
"""Unit, what it measures, and how many of ours (g, mm, ml, m2) it is. Avoirdupois and inch are
exact by the international agreement of 1959."""

_SPELLINGS: Final = {
    "gram": "g",
    "grams": "g",
    "gramm": "g",
    "kilogram": "kg",
    "kilogramm": "kg",
    "inch": "in",
    "inches": "in",
    "zoll": "in",
    '"': "in",
    "lbs": "lb",
    "m²": "m2",
    "qm": "m2",
    "liter": "l",
    "litre": "l",
    "hertz": "Hz",
}
_OTHERS: Final = {
    word.casefold(): word
    for word in ("V", "A", "W", "Hz", "kHz", "MHz", "GHz", "dB", "Wh", "mAh", "lm", "kWh", "GB")
}
_IN_NAME: Final = re.compile(r"(?:_|\()([A-Za-z0-9]+)(?:_|\))?$|\[([^\]]+)\]\s*$|\(([^)]+)\)\s*$")


@lru_cache(maxsize=20_000)
def unit_in_name(name: str) -> str:
    """The unit that a field's name ends with: «width_mm», «Gewicht (kg)», «depth__inch_».

    A single letter counts only in brackets: the «l» of «pack_l» may be anything.
    """
    found = _IN_NAME.search(name.strip())
    if found is None:
        return ""
    words = next(group for group in found.groups() if group)
    bare = found.group(1) is not None and not name.rstrip().endswith(("_", ")"))
    unit = known_unit(words)
    return "" if bare and len(unit) == 1 else unit


def known_unit(word: str) -> str:
    """The usual spelling of a unit, or an empty text."""
    folded = word.strip().casefold()
    if folded in UNITS:
        return folded
    return _SPELLINGS.get(folded) or _OTHERS.get(folded, "")


def converted(amount: Decimal, *, unit: str, into: str) -> Decimal | None:
    """The amount in another unit; None where the two do not measure the same."""
    if unit == into:
        return amount
    if unit not in UNITS or into not in UNITS or UNITS[unit][0] != UNITS[into][0]:
        return None
    return amount * UNITS[unit][1] / UNITS[into][1]
