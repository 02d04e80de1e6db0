"""Numbers and amounts as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from tresen.workflows.supplying.catalog_files.units import known_unit

_PLAIN: Final = {
    ".": re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?"),
    ",": re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"),
}
_SPACES: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_MINUS: Final = str.maketrans({"−": "-", "–": "-"})
_CURRENCY_SIGNS: Final = re.compile(r"^[€$£¥]|[€$£¥]$|^[A-Z]{3}\b|\b[A-Z]{3}$")
_BESIDE: Final = re.compile(r"(?P<number>[-+−–]?[\d.,'’\s\u00a0\u202f]*\d)\s*(?P<unit>[^\d\s].*)?")
DIGITS_MAX: Final = 30


def number_of(text: str, *, decimal: str) -> Decimal | None:
    """The number, with the decimal sign given; the other sign may only group by thousands, so
    that «12,50» is never read as 1250. None for what is no number."""
    bare = text.translate(_SPACES).translate(_MINUS)
    if len(bare) > DIGITS_MAX or not _PLAIN[decimal].fullmatch(bare):
        return None
    other = "," if decimal == "." else "."
    return Decimal(bare.replace(other, "").replace(decimal, "."))


def amount_of(text: str, *, decimal: str) -> Decimal | None:
    """A sum of money; a currency sign or code before or behind it is left out."""
    bare = text.strip()
    for _ in range(2):
        bare = _CURRENCY_SIGNS.sub("", bare).strip()
    return number_of(bare, decimal=decimal)


def measure_of(text: str, *, decimal: str) -> tuple[Decimal, str] | None:
    """A number and the unit behind it («12,5 kg»), the unit empty where none stands there.

    None for what is no number, or where the word behind it is no unit that we know.
    """
    found = _BESIDE.fullmatch(text.strip())
    if found is None:
        return None
    number = number_of(found["number"], decimal=decimal)
    word = found["unit"] or ""
    unit = known_unit(word)
    return None if number is None or (word and not unit) else (number, unit)
