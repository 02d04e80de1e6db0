"""Money and numbers as people of a language write them, fast enough for a page full of prices.

Babel's symbols and patterns are read once per locale and currency; formatting itself is string
work. A test compares every result with Babel's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol

from tresen.foundation.money import Money, exponent_of

MINUS = "\N{MINUS SIGN}"
NARROW_GAP = "\N{NO-BREAK SPACE}"
LOCALE_OF_LANGUAGE = {"de": "de_DE", "en": "en_GB"}
FALLBACK_LOCALE = "en_GB"


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marks around and inside a number."""

    before: str
    after: str
    group: str
    decimal: str
    exponent: int


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale whose marks a page in this language uses; British English for plain `en`."""
    name = LOCALE_OF_LANGUAGE.get(language, language.replace("-", "_"))
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK_LOCALE)


@lru_cache(maxsize=8192)
def money_words(money: Money, *, language: str) -> str:
    """`12,34 €` or `€12.34`: all decimal places of the currency, a true minus sign."""
    marks = _money_marks(language, money.currency)
    sign = MINUS if money.minor < 0 else ""
    return f"{sign}{marks.before}{_digits(abs(money.minor), marks)}{marks.after}"


@lru_cache(maxsize=2048)
def number_words(number: int | Decimal, *, language: str) -> str:
    """A grouped number: `19.406`, `1,234.5`. Decimals keep the places they come with."""
    locale = locale_of(language)
    group, decimal = _separators(locale)
    sign = MINUS if number < 0 else ""
    plain = f"{abs(number):,}" if isinstance(number, int) else f"{abs(number):,f}"
    return sign + plain.translate({ord(","): group, ord("."): decimal})


@lru_cache(maxsize=512)
def percent_words(percent: int, *, language: str) -> str:
    """`19 %` or `19%`, as the language spaces it."""
    suffix = locale_of(language).percent_formats[None].suffix[0]
    return f"{number_words(percent, language=language)}{suffix}"


@lru_cache(maxsize=256)
def _money_marks(language: str, currency: str) -> _Marks:
    locale = locale_of(language)
    pattern = locale.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale)
    group, decimal = _separators(locale)
    return _Marks(
        before=_with_symbol(pattern.prefix[0], symbol, gap_after=True),
        after=_with_symbol(pattern.suffix[0], symbol, gap_after=False),
        group=group,
        decimal=decimal,
        exponent=exponent_of(currency),
    )


def _with_symbol(affix: str, symbol: str, *, gap_after: bool) -> str:
    """Letters need air: `CHF 12.00`, but `€12.00` (the rule of CLDR, which Babel leaves out)."""
    if gap_after and affix.endswith("¤") and symbol[-1:].isalpha():
        affix += NARROW_GAP
    return affix.replace("¤", symbol)


def _separators(locale: Locale) -> tuple[str, str]:
    symbols = locale.number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def _digits(minor: int, marks: _Marks) -> str:
    if not marks.exponent:
        return f"{minor:,}".replace(",", marks.group)
    whole, rest = divmod(minor, 10**marks.exponent)
    return f"{whole:,}".replace(",", marks.group) + marks.decimal + f"{rest:0{marks.exponent}d}"
