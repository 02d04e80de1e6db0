"""Typed values: what an attribute accepts, how it is stored, how it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, cast

from tresen.domains.catalog.rules.codes import shown, sound_name
from tresen.domains.catalog.rules.refusals import (
    AttributeUnknown,
    ChoiceUnknown,
    TextMissing,
    TooMany,
    ValueHasWrongKind,
)
from tresen.domains.catalog.rules.words import clean_line, clean_text, label_of, within
from tresen.domains.catalog.types import (
    ATTRIBUTE_TEXT_LENGTH_MAX,
    ATTRIBUTES_MAX,
    NAME_LENGTH_MAX,
    NUMBER_MAX,
    UNIT_LENGTH_MAX,
    AttributeDef,
    AttributeKind,
    AttributeValue,
    Choice,
    JsonValue,
    Localized,
)

_NUMBER: Final = AttributeKind.NUMBER
_BOOLEAN: Final = AttributeKind.BOOLEAN
_DIGITS_EXACT: Final = 15
"""So many significant digits survive the way through a JSON number and back."""


def sound_values(
    values: Mapping[str, object], *, definitions: Mapping[str, AttributeDef]
) -> dict[str, JsonValue]:
    """Every value as it is stored. Raises TooMany, AttributeUnknown, ValueHasWrongKind …"""
    if len(values) > ATTRIBUTES_MAX:
        raise TooMany(field="attributes", params={"count": len(values), "max": ATTRIBUTES_MAX})
    sound: dict[str, JsonValue] = {}
    for code, value in values.items():
        definition = definitions.get(code)
        if definition is None:
            raise AttributeUnknown(field=f"attributes.{code}", params={"attribute": shown(code)})
        kind, form = definition.kind, type(value)
        is_whole = form is int and -NUMBER_MAX < cast("int", value) < NUMBER_MAX
        if (is_whole and kind is _NUMBER) or (form is bool and kind is _BOOLEAN):
            sound[code] = cast("JsonValue", value)
        else:
            sound[code] = _READERS[kind](value, definition)
    return sound


def read_value(value: JsonValue, *, definition: AttributeDef, locale: str) -> AttributeValue:
    """A stored value in one language, typed."""
    if isinstance(value, Mapping):
        return label_of(value, locale=locale)
    if definition.kind is AttributeKind.CHOICE:
        labels = {choice.code: choice.labels for choice in definition.choices}
        return label_of(labels.get(str(value), {}), locale=locale) or str(value)
    if definition.kind is AttributeKind.DATE:
        return date.fromisoformat(str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def sound_definition(definition: AttributeDef) -> AttributeDef:
    """Cleaned. Raises CodeUnsound, TextMissing, ValueHasWrongKind."""
    field = f"attributes.{definition.code}"
    is_choice = definition.kind is AttributeKind.CHOICE
    if is_choice != bool(definition.choices):
        raise TextMissing(field=f"{field}.choices")
    unit = clean_line(definition.unit)
    if unit and definition.kind is not AttributeKind.NUMBER:
        raise wrong_kind(unit, definition)
    return AttributeDef(
        code=sound_name(definition.code, field=field),
        kind=definition.kind,
        labels=sound_labels(definition.labels, field=f"{field}.labels"),
        unit=within(unit, field=f"{field}.unit", length_max=UNIT_LENGTH_MAX),
        is_filterable=definition.is_filterable,
        choices=sound_choices(definition.choices, field=f"{field}.choices"),
        position=definition.position,
    )


def sound_choices(choices: tuple[Choice, ...], *, field: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            code=sound_name(choice.code, field=f"{field}.code"),
            labels=sound_labels(choice.labels, field=f"{field}.{choice.code}.labels"),
            swatch=choice.swatch,
        )
        for choice in choices
    )


def sound_labels(labels: Localized, *, field: str) -> dict[str, str]:
    """Without empty languages. Raises TextMissing, TextTooLong."""
    cleaned = {locale: clean_line(words) for locale, words in sorted(labels.items())}
    kept = {
        locale: within(words, field=field, length_max=NAME_LENGTH_MAX)
        for locale, words in cleaned.items()
        if words
    }
    if not kept:
        raise TextMissing(field=field)
    return kept


def wrong_kind(value: object, definition: AttributeDef) -> ValueHasWrongKind:
    shown_value = value if isinstance(value, str) else json.dumps(value, default=str)
    return ValueHasWrongKind(
        field=f"attributes.{definition.code}",
        params={
            "value": shown(shown_value),
            "attribute": definition.code,
            "kind": definition.kind.value,
        },
    )


def _text(value: object, definition: AttributeDef) -> JsonValue:
    if isinstance(value, str):
        return _words(value, definition)
    if not isinstance(value, dict) or not value:
        raise wrong_kind(value, definition)
    words: dict[str, str] = {}
    for locale, text in value.items():
        if type(text) is not str or type(locale) is not str:
            raise wrong_kind(value, definition)
        words[locale] = _words(text, definition)
    return words


def _words(text: str, definition: AttributeDef) -> str:
    cleaned = clean_text(text)
    if 0 < len(cleaned) <= ATTRIBUTE_TEXT_LENGTH_MAX:
        return cleaned
    field = f"attributes.{definition.code}"
    if not cleaned:
        raise TextMissing(field=field)
    return within(cleaned, field=field, length_max=ATTRIBUTE_TEXT_LENGTH_MAX)


def _number(value: object, definition: AttributeDef) -> JsonValue:
    """A whole number as int, any other as float; what a JSON number cannot hold is refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise wrong_kind(value, definition)
    is_endless = isinstance(value, Decimal) and not value.is_finite()
    if is_endless or not -NUMBER_MAX < value < NUMBER_MAX:
        raise wrong_kind(str(value), definition)
    if value == int(value):
        return int(value)
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _DIGITS_EXACT:
        raise wrong_kind(str(value), definition)
    return float(value)


def _boolean(value: object, definition: AttributeDef) -> JsonValue:
    if not isinstance(value, bool):
        raise wrong_kind(value, definition)
    return value


def _date(value: object, definition: AttributeDef) -> JsonValue:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise wrong_kind(value, definition) from None
    if type(value) is not date:
        raise wrong_kind(value, definition)
    return value.isoformat()


def _choice(value: object, definition: AttributeDef) -> JsonValue:
    if not isinstance(value, str):
        raise wrong_kind(value, definition)
    if all(choice.code != value for choice in definition.choices):
        raise ChoiceUnknown(
            field=f"attributes.{definition.code}",
            params={"value": shown(value), "attribute": definition.code},
        )
    return value


_READERS: Final[Mapping[AttributeKind, Callable[[object, AttributeDef], JsonValue]]] = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.BOOLEAN: _boolean,
    AttributeKind.DATE: _date,
    AttributeKind.CHOICE: _choice,
}
