"""The words that facets are named with in one language, and how its compounds are split."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final, NamedTuple

from tresen.domains.catalog.queries import list_attributes, list_categories, list_options
from tresen.domains.catalog.types import (
    AttributeDef,
    AttributeKind,
    CategoryRow,
    Choice,
    JsonValue,
    Localized,
    OptionDef,
)
from tresen.domains.discovery.queries import common_words
from tresen.domains.discovery.rules import compound_parts, searchable
from tresen.domains.discovery.types import BRAND, CATEGORY, STOCK, FacetKind, NewToken
from tresen.foundation.remembered import Remembered

COMMON_WORDS_MAX: Final = 100_000
SPLITS_REMEMBERED_MAX: Final = 300_000
SPLITTER_SECONDS: Final = 600.0
VALUES_REMEMBERED_MAX: Final = 100_000
WORDS_MAX: Final = 2_000
"""Signs of one property's text that are searched."""
_COMPOUNDS_IN: Final = "de"
_FACET_TEXT_LENGTH_MAX: Final = 80
"""Longer texts are read, not chosen from."""
_OPTION_POSITION: Final = -1_000
"""What one chooses before buying (size, colour) stands before mere properties."""
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {CATEGORY: "Kategorie", BRAND: "Marke", STOCK: "Verfügbarkeit"}
    | {"in_stock": "Auf Lager", "true": "Ja", "false": "Nein"},
    "en": {CATEGORY: "Category", BRAND: "Brand", STOCK: "Availability"}
    | {"in_stock": "In stock", "true": "Yes", "false": "No"},
}
_KINDS: Final = {
    AttributeKind.NUMBER: FacetKind.NUMBER,
    AttributeKind.BOOLEAN: FacetKind.BOOLEAN,
}


class Property(NamedTuple):
    """A value of a property: what a facet shows of it, and the words it is found by."""

    token: NewToken | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Labels:
    """All definitions in one language; read once for many products.

    `known` remembers tokens and words of values that come again and again.
    """

    locale: str
    shelves: Mapping[str, NewToken]
    """Visible categories by their paths."""
    attributes: Mapping[str, AttributeDef]
    options: Mapping[str, OptionDef]
    parts_of: Callable[[str], Sequence[str]]
    """The parts of a compound, or nothing; remembered, since words come again."""
    known: dict[tuple[str, JsonValue], Property] = field(default_factory=dict)

    def own(self, code: str) -> str:
        """A word that the shop itself brings along."""
        return _OWN.get(self.locale, _OWN["en"])[code]

    def of(self, words: Localized) -> str:
        """The words in this language, else in English or German, else in any."""
        for locale in (self.locale, "en", "de"):
            if words.get(locale):
                return words[locale]
        return next((word for _, word in sorted(words.items()) if word), "")


def labels_in(locale: str, *, channel_code: str) -> Labels:
    """Four statements at most."""
    shelves = [row for row in list_categories(locale=locale) if row.is_visible]
    own = _OWN.get(locale, _OWN["en"])
    return Labels(
        locale=locale,
        shelves={row.path: _category_token(row, label=own[CATEGORY]) for row in shelves},
        attributes={row.code: row for row in list_attributes()},
        options={row.code: row for row in list_options()},
        parts_of=_splitter(locale, channel_code),
    )


def brand_token(labels: Labels, *, code: str, name: str) -> NewToken:
    return NewToken(facet=BRAND, value=code, label=name, facet_label=labels.own(BRAND))


def fixed_tokens(labels: Labels) -> list[NewToken]:
    """The shelf of everything, and what can be had."""
    return [
        NewToken(facet=CATEGORY, value="", label="", facet_label=labels.own(CATEGORY)),
        NewToken(
            facet=STOCK,
            value="in_stock",
            label=labels.own("in_stock"),
            facet_label=labels.own(STOCK),
        ),
    ]


def _category_token(category: CategoryRow, *, label: str) -> NewToken:
    return NewToken(
        facet=CATEGORY,
        value=str(category.id),
        label=category.name,
        slug=category.slug,
        position=category.position,
        facet_label=label,
    )


def option_token(labels: Labels, *, option: str, value: str) -> NewToken | None:
    """A value that some variant of the product has."""
    definition = labels.options.get(option)
    if definition is None:
        return None
    place, choice = _choice(definition.values, value)
    return NewToken(
        facet=f"attr.{option}",
        value=value,
        label=labels.of(choice.labels) if choice else value,
        swatch=choice.swatch if choice else "",
        position=place,
        facet_label=labels.of(definition.labels),
        facet_position=_OPTION_POSITION + definition.position,
    )


def property_of(labels: Labels, *, code: str, value: JsonValue) -> Property:
    """The value in this language, remembered unless it is a text of several languages."""
    if isinstance(value, Mapping):
        return _property(labels, code, value)
    known = labels.known.get((code, value))
    if known is None:
        known = _property(labels, code, value)
        if len(labels.known) < VALUES_REMEMBERED_MAX:
            labels.known[code, value] = known
    return known


def _property(labels: Labels, code: str, value: JsonValue) -> Property:
    definition = labels.attributes.get(code)
    if definition is None:
        return Property(None, "")
    parts = (labels.of(definition.labels), value_label(labels, definition, value), definition.unit)
    return Property(
        attribute_token(labels, code=code, value=value), searchable(" ".join(parts)[:WORDS_MAX])
    )


def attribute_token(labels: Labels, *, code: str, value: JsonValue) -> NewToken | None:
    """The value as a facet shows it; None where it is nothing to choose from."""
    definition = labels.attributes.get(code)
    if definition is None or definition.kind is AttributeKind.DATE:
        return None
    label = value_label(labels, definition, value)
    if not label or len(label) > _FACET_TEXT_LENGTH_MAX:
        return None
    is_choice = definition.kind is AttributeKind.CHOICE
    place, choice = _choice(definition.choices, str(value)) if is_choice else (0, None)
    return NewToken(
        facet=f"attr.{code}",
        value=_plain(value) or label,
        label=f"{label} {definition.unit}" if definition.unit else label,
        swatch=choice.swatch if choice else "",
        position=place,
        facet_label=labels.of(definition.labels),
        facet_unit=definition.unit,
        facet_kind=_KINDS.get(definition.kind, FacetKind.CHOICE),
        facet_position=definition.position,
    )


def value_label(labels: Labels, definition: AttributeDef, value: JsonValue) -> str:
    """The value in words, without its unit."""
    if isinstance(value, Mapping):
        return labels.of(value)
    if isinstance(value, bool):
        return labels.own("true" if value else "false")
    if isinstance(value, int | float):
        return _number_words(value, labels.locale)
    if definition.kind is AttributeKind.CHOICE:
        choice = _choice(definition.choices, value)[1]
        return labels.of(choice.labels) if choice else value
    return value


def _plain(value: JsonValue) -> str:
    """The value in the address; of a text in several languages the label stands for it."""
    if isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number_words(value, "en") if isinstance(value, int | float) else value


def _splitter(locale: str, channel_code: str) -> Callable[[str], Sequence[str]]:
    """Remembered for SPLITTER_SECONDS: the vocabulary of a shop changes slowly."""
    if locale != _COMPOUNDS_IN:
        return lambda _word: ()
    known = _splitters.find(channel_code)
    if known is not None:
        return known
    common = common_words(channel_code=channel_code, locale=locale, limit=COMMON_WORDS_MAX)
    splitter = lru_cache(maxsize=SPLITS_REMEMBERED_MAX)(
        partial(compound_parts, is_word=common.__contains__)
    )
    return _splitters.keep(channel_code, splitter)


_splitters = Remembered[str, Callable[[str], Sequence[str]]](seconds=SPLITTER_SECONDS)


@lru_cache(maxsize=20_000)
def _number_words(value: float, locale: str) -> str:
    text = format(Decimal(str(value)).normalize(), "f")
    return text.replace(".", ",") if locale == "de" else text


def _choice(choices: tuple[Choice, ...], code: str) -> tuple[int, Choice | None]:
    for place, choice in enumerate(choices):
        if choice.code == code:
            return place, choice
    return len(choices), None
