"""Codes of the trade: article numbers, GTIN, tariff codes, countries."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from tresen.domains.catalog.rules.refusals import (
    CodeUnsound,
    CountryUnknown,
    GtinUnsound,
    SkuUnsound,
    TariffCodeUnsound,
)
from tresen.domains.catalog.rules.words import slug_of
from tresen.domains.catalog.types import CODE_LENGTH_MAX, PATH_LENGTH_MAX, SKU_LENGTH_MAX

_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")
_PATH = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
_GTIN_SEPARATORS = str.maketrans("", "", " -.")
_TARIFF_SEPARATORS = str.maketrans("", "", " .")
_TARIFF = re.compile(r"[0-9]{6,10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UPC_LENGTH = 12
_CASE_LENGTH = 14
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_SHOWN_MAX = 60
"""A refusal repeats at most so many characters of what was wrong."""


def shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…"


def sound_sku(text: str, *, field: str = "sku") -> str:
    """Trimmed. Raises SkuUnsound."""
    sku = text.strip()
    if not sku or len(sku) > SKU_LENGTH_MAX or not sku.isprintable():
        raise SkuUnsound(field=field, params={"value": shown(text)})
    return sku


def sound_code(text: str, *, field: str = "code") -> str:
    """A brand's or category's code. Raises CodeUnsound."""
    if len(text) > CODE_LENGTH_MAX or not _CODE.fullmatch(text):
        raise CodeUnsound(field=field, params={"value": shown(text)})
    return text


def sound_name(text: str, *, field: str = "code") -> str:
    """An attribute's, option's or choice's code. Raises CodeUnsound."""
    if len(text) > CODE_LENGTH_MAX or not _NAME.fullmatch(text):
        raise CodeUnsound(field=field, params={"value": shown(text)})
    return text


def sound_path(text: str, *, field: str = "path") -> str:
    """Category codes from the root, parted by «/». Raises CodeUnsound."""
    if len(text) > PATH_LENGTH_MAX or not _PATH.fullmatch(text):
        raise CodeUnsound(field=field, params={"value": shown(text)})
    return text


def parent_of(path: str) -> str | None:
    head, slash, _ = path.rpartition("/")
    return head if slash else None


def code_from(words: str) -> str:
    """A code for a brand or category known only by its name. May be empty."""
    return slug_of(words, length_max=CODE_LENGTH_MAX)


@lru_cache(maxsize=20_000)
def name_from(words: str) -> str:
    """A code for an attribute or choice known only by its name. May be empty."""
    return slug_of(words, length_max=CODE_LENGTH_MAX).replace("-", "_")


def sound_gtin(text: str, *, field: str = "gtin") -> str:
    """GTIN-8, -12, -13 or -14 in its shortest usual form: 12 digits become 13, a leading zero
    of 14 is dropped (GS1 General Specifications 3.3). Empty stays empty. Raises GtinUnsound."""
    if not text:
        return ""
    gtin = _gtin(text)
    if gtin is None:
        raise GtinUnsound(field=field, params={"value": shown(text)})
    return gtin


@lru_cache(maxsize=20_000)
def _gtin(text: str) -> str | None:
    """Weights 3 and 1 from the left of 14 digits, check digit included, sum up to tens."""
    gtin = text.translate(_GTIN_SEPARATORS)
    if not gtin:
        return ""
    is_digits = gtin.isascii() and gtin.isdigit() and len(gtin) in _GTIN_LENGTHS
    if not is_digits or not gtin.strip("0"):
        return None
    digits = [int(digit) for digit in gtin.zfill(_CASE_LENGTH)]
    if (3 * sum(digits[::2]) + sum(digits[1::2])) % 10:
        return None
    if len(gtin) == _UPC_LENGTH:
        return f"0{gtin}"
    return gtin[1:] if len(gtin) == _CASE_LENGTH and gtin[0] == "0" else gtin


def sound_tariff_code(text: str, *, field: str = "tariff_code") -> str:
    """Digits only. Empty stays empty. Raises TariffCodeUnsound."""
    code = text.translate(_TARIFF_SEPARATORS)
    if code and not (code.isascii() and _TARIFF.fullmatch(code)):
        raise TariffCodeUnsound(field=field, params={"value": shown(text)})
    return code


def sound_country(text: str, *, field: str = "origin_country") -> str:
    """ISO 3166-1 alpha-2. Takes the code, or the English or German name. Raises CountryUnknown."""
    words = " ".join(text.split())
    if not words:
        return ""
    found = _countries().get(words.casefold())
    if found is None:
        raise CountryUnknown(field=field, params={"value": shown(text)})
    return found


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in ("en", "de"):
        for code, name in Locale(language).territories.items():
            if _COUNTRY.fullmatch(code) and code not in _NOT_COUNTRIES:
                known[name.casefold()] = code
                known[code.casefold()] = code
    return known | _USUAL_NAMES


_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_USUAL_NAMES = {
    "czech republic": "CZ",
    "tschechische republik": "CZ",
    "hong kong": "HK",
    "hongkong": "HK",
    "macau": "MO",
    "turkey": "TR",
    "usa": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "grossbritannien": "GB",
    "england": "GB",
    "holland": "NL",
    "korea": "KR",
    "russian federation": "RU",
    "viet nam": "VN",
    "schweiz": "CH",
}
