"""From what a file holds to what our fields are; raises ValueUnreadable and rules' refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from tresen.domains.catalog.rules.codes import (
    shown,
    sound_country,
    sound_gtin,
    sound_tariff_code,
)
from tresen.domains.catalog.rules.refusals import GtinUnsound, MeasureUnsound
from tresen.domains.catalog.types import (
    SIDE_MM_MAX,
    WEIGHT_G_MAX,
    ContentUnit,
    ProductStatus,
)
from tresen.foundation.money import Money, exponent_of
from tresen.workflows.supplying.catalog_files.faults import ValueUnreadable
from tresen.workflows.supplying.catalog_files.mapping_types import FieldRule, Target
from tresen.workflows.supplying.catalog_files.numbers import amount_of, measure_of, number_of
from tresen.workflows.supplying.catalog_files.units import UNITS, converted

Content = tuple[Decimal, ContentUnit]
Paths = tuple[tuple[str, ...], ...]
"""Categories as names from the root to the leaf."""

_NUMBER_MAX: Final = Decimal(10) ** 10
_CONTENT_BASE: Final = {"weight": "g", "volume": "ml", "length": "m", "area": "m2"}


def text_of(raw: object, rule: FieldRule) -> str:
    """Plain words: trimmed, matched, looked up, and with what belongs before and behind."""
    text = plain(raw)
    if rule.match is not None and text:
        found = rule.match.search(text)
        if found is None:
            raise _unreadable(rule, text, rule.match.pattern)
        text = found.group(1)
    if rule.values:
        text = rule.values.get(text, text)
    return f"{rule.prefix}{text}{rule.suffix}" if text else ""


def plain(raw: object) -> str:
    """A single value as text; a list gives its values with commas."""
    if isinstance(raw, str):
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, list):
        return ", ".join(filter(None, map(plain, raw)))
    return str(raw)


def texts_of(raw: object, rule: FieldRule) -> tuple[str, ...]:
    """Several values: a list, or a text parted by the rule's `split`."""
    many = raw if isinstance(raw, list) else [raw]
    texts = [text_of(one, rule) for one in many]
    if rule.split:
        texts = [part.strip() for text in texts for part in text.split(rule.split)]
    return tuple(filter(None, texts))


def gtin_of(raw: object, rule: FieldRule) -> str:
    """The first sound one of those given."""
    first: GtinUnsound | None = None
    for text in texts_of(raw, rule):
        try:
            return sound_gtin(text)
        except GtinUnsound as unsound:
            first = first or unsound
    if first is not None:
        raise first
    return ""


def gtins_of(raw: object, rule: FieldRule) -> tuple[str, ...]:
    """All sound ones; an unsound one is refused, or skipped where the rule may drop."""
    sound = []
    for text in texts_of(raw, rule):
        try:
            sound.append(sound_gtin(text, field="other_gtins"))
        except GtinUnsound:
            if not rule.may_drop:
                raise
    return tuple(dict.fromkeys(sound))


def categories_of(raw: object, rule: FieldRule) -> Paths:
    if rule.is_path and isinstance(raw, list):
        names = tuple(filter(None, map(plain, raw)))
        return (names,) if names else ()
    texts = texts_of(raw, rule)
    if not rule.levels:
        return tuple((text,) for text in texts)
    parted = (tuple(part.strip() for part in text.split(rule.levels)) for text in texts)
    return tuple(tuple(filter(None, names)) for names in parted)


def money_of(raw: object, rule: FieldRule, *, currency: str) -> Money | None:
    """An amount of more decimal places than the currency has is refused, not rounded."""
    amount = decimal_of(raw, rule, amount_of)
    if amount is None:
        return None
    minor = amount if rule.unit == "minor" else amount.scaleb(exponent_of(currency))
    if minor != int(minor) or amount < 0:
        raise _unreadable(rule, raw, f"{currency}")
    return Money(int(minor), currency)


def decimal_of(
    raw: object, rule: FieldRule, read: Callable[..., Decimal | None] = number_of
) -> Decimal | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _within(Decimal(str(raw)), rule)
    text = text_of(raw, rule)
    if not text:
        return None
    number = read(text, decimal=rule.decimal)
    if number is None:
        raise _unreadable(rule, text, f"1{rule.decimal}5")
    return _within(number, rule)


def whole_of(raw: object, rule: FieldRule) -> int | None:
    number = decimal_of(raw, rule)
    if number is None:
        return None
    if number != int(number):
        raise _unreadable(rule, raw, "1, 2, 3 …")
    return int(number)


def measure(raw: object, rule: FieldRule, *, into: str) -> int | None:
    """Whole grams or millimetres, rounded half-up; a unit behind the number goes first."""
    found = _measured(raw, rule)
    if found is None:
        return None
    number, unit = found
    amount = converted(number, unit=unit or rule.unit or into, into=into)
    whole = 0 if amount is None else int(amount.quantize(Decimal(1), ROUND_HALF_UP))
    if amount is None:
        raise _unreadable(rule, raw, into)
    maximum = WEIGHT_G_MAX if into == "g" else SIDE_MM_MAX
    if not 1 <= whole <= maximum:
        value = f"{shown(raw)} {unit or rule.unit or into}"
        raise MeasureUnsound(field=rule.name, params={"value": value, "min": 1, "max": maximum})
    return whole


def content_of(raw: object, rule: FieldRule) -> Content | None:
    """Net content in its base unit: «0,75 l» is 750 ml."""
    found = _measured(raw, rule)
    if found is None:
        return None
    number, unit = found
    unit = unit or rule.unit
    if unit not in UNITS:
        raise _unreadable(rule, raw, "500 g")
    base = _CONTENT_BASE[UNITS[unit][0]]
    amount = converted(number, unit=unit, into=base)
    assert amount is not None
    return amount, ContentUnit(base)


def date_of(raw: object, rule: FieldRule) -> date | None:
    text = text_of(raw, rule)
    if not text:
        return None
    try:
        if rule.date_format:
            return datetime.strptime(text, rule.date_format).replace(tzinfo=UTC).date()
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _unreadable(rule, text, rule.date_format or "2026-12-31") from None


def status_of(raw: object, rule: FieldRule) -> ProductStatus | None:
    text = text_of(raw, rule).lower()
    if text and text not in set(ProductStatus):
        raise _unreadable(rule, text, ", ".join(ProductStatus))
    return ProductStatus(text) if text else None


def country_of(raw: object, rule: FieldRule) -> str:
    return sound_country(text_of(raw, rule))


def tariff_code_of(raw: object, rule: FieldRule) -> str:
    return sound_tariff_code(text_of(raw, rule))


READERS: Final[Mapping[Target, Callable[[object, FieldRule], object]]] = {
    Target.TEXT: text_of,
    Target.LIST: texts_of,
    Target.GTIN: gtin_of,
    Target.GTINS: gtins_of,
    Target.CATEGORIES: categories_of,
    Target.WHOLE: whole_of,
    Target.DATE: date_of,
    Target.GRAMS: lambda raw, rule: measure(raw, rule, into="g"),
    Target.MILLIMETRES: lambda raw, rule: measure(raw, rule, into="mm"),
    Target.COUNTRY: country_of,
    Target.TARIFF_CODE: tariff_code_of,
    Target.CONTENT: content_of,
    Target.STATUS: status_of,
}
"""All but money, which needs its currency."""


def _measured(raw: object, rule: FieldRule) -> tuple[Decimal, str] | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _within(Decimal(str(raw)), rule), ""
    text = text_of(raw, rule)
    if not text:
        return None
    found = measure_of(text, decimal=rule.decimal)
    if found is None:
        raise _unreadable(rule, text, f"1{rule.decimal}5 kg")
    return _within(found[0], rule), found[1]


def _within(number: Decimal, rule: FieldRule) -> Decimal:
    """Neither endless nor no number."""
    if not number.is_finite() or abs(number) >= _NUMBER_MAX:
        raise _unreadable(rule, number, f"< {_NUMBER_MAX}")
    return number


def _unreadable(rule: FieldRule, value: object, wanted: str) -> ValueUnreadable:
    return ValueUnreadable(field=rule.name, params={"value": shown(value), "wanted": wanted})
