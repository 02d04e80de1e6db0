"""Attribute values are typed: taken as their kind says, or refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.catalog.rules.attributes import read_value, sound_definition, sound_values
from tresen.domains.catalog.rules.refusals import (
    AttributeUnknown,
    ChoiceUnknown,
    TextMissing,
    TextTooLong,
    TooMany,
    ValueHasWrongKind,
)
from tresen.domains.catalog.types import AttributeDef, AttributeKind, Choice, JsonValue


def definition(kind: AttributeKind, **more: object) -> AttributeDef:
    return AttributeDef(code="a", kind=kind, labels={"de": "A"}, **more)  # type: ignore[arg-type]


RED = Choice(code="red", labels={"de": "Rot", "en": "Red"})
CHOICE = definition(AttributeKind.CHOICE, choices=(RED,))


def stored(value: object, of: AttributeDef) -> JsonValue:
    return sound_values({"a": value}, definitions={"a": of})["a"]


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (AttributeKind.TEXT, " Ton \n", "Ton"),
        (AttributeKind.TEXT, {"de": "Ton", "en": "Clay"}, {"de": "Ton", "en": "Clay"}),
        (AttributeKind.NUMBER, 3.0, 3),
        (AttributeKind.NUMBER, Decimal("2.50"), 2.5),
        (AttributeKind.NUMBER, -80, -80),
        (AttributeKind.BOOLEAN, False, False),
        (AttributeKind.DATE, "2027-02-28", "2027-02-28"),
        (AttributeKind.DATE, date(2027, 2, 28), "2027-02-28"),
    ],
)
def test_a_value_is_stored_as_its_kind(kind: AttributeKind, value: object, kept: object) -> None:
    result = stored(value, definition(kind))

    assert result == kept
    assert type(result) is type(kept)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AttributeKind.TEXT, 3),
        (AttributeKind.TEXT, {}),
        (AttributeKind.TEXT, {"de": 3}),
        (AttributeKind.TEXT, ["a"]),
        (AttributeKind.NUMBER, "3"),
        (AttributeKind.NUMBER, True),
        (AttributeKind.NUMBER, float("nan")),
        (AttributeKind.NUMBER, float("inf")),
        (AttributeKind.NUMBER, Decimal("NaN")),
        (AttributeKind.NUMBER, 10**400),
        (AttributeKind.NUMBER, Decimal("1.2345678901234567")),
        (AttributeKind.BOOLEAN, 1),
        (AttributeKind.BOOLEAN, "yes"),
        (AttributeKind.DATE, "2027-02-30"),
        (AttributeKind.DATE, 20270228),
        (AttributeKind.CHOICE, 3),
        (AttributeKind.TEXT, None),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: AttributeKind, value: object) -> None:
    of = CHOICE if kind is AttributeKind.CHOICE else definition(kind)

    with pytest.raises(ValueHasWrongKind) as refusal:
        stored(value, of)

    assert refusal.value.field == "attributes.a"
    assert refusal.value.params["kind"] == kind.value


def test_a_choice_is_one_of_those_defined() -> None:
    assert stored("red", CHOICE) == "red"
    with pytest.raises(ChoiceUnknown):
        stored("blue", CHOICE)


def test_unknown_empty_overlong_and_too_many_values_are_refused() -> None:
    text = definition(AttributeKind.TEXT)
    with pytest.raises(AttributeUnknown):
        sound_values({"b": "x"}, definitions={"a": text})
    with pytest.raises(TextMissing):
        stored("  ", text)
    with pytest.raises(TextTooLong):
        stored("x" * 10_001, text)
    with pytest.raises(TooMany):
        sound_values({f"a{n}": "x" for n in range(501)}, definitions={})


@given(st.one_of(st.integers(-(10**14), 10**14), st.floats(-1e14, 1e14)))
def test_a_number_comes_back_as_the_decimal_it_was_written_as(number: float) -> None:
    of = definition(AttributeKind.NUMBER)

    read = read_value(stored(number, of), definition=of, locale="de")

    assert read == Decimal(str(number))


def test_values_are_read_in_the_reader_s_language() -> None:
    text = definition(AttributeKind.TEXT)
    day = definition(AttributeKind.DATE)

    assert read_value({"en": "Clay"}, definition=text, locale="de") == "Clay"
    assert read_value("red", definition=CHOICE, locale="de") == "Rot"
    assert read_value("gone", definition=CHOICE, locale="de") == "gone"
    assert read_value("2027-02-28", definition=day, locale="de") == date(2027, 2, 28)
    assert read_value(True, definition=definition(AttributeKind.BOOLEAN), locale="de") is True


def test_only_numbers_have_units_and_only_choices_have_choices() -> None:
    with pytest.raises(ValueHasWrongKind):
        sound_definition(definition(AttributeKind.TEXT, unit="mm"))
    with pytest.raises(TextMissing):
        sound_definition(definition(AttributeKind.CHOICE))
    with pytest.raises(TextMissing):
        sound_definition(definition(AttributeKind.TEXT, choices=(RED,)))
    with pytest.raises(TextMissing):
        sound_definition(AttributeDef(code="a", kind=AttributeKind.TEXT, labels={"de": " "}))
