"""Values are read as they are written, or refused; nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.catalog.rules.refusals import GtinUnsound, MeasureUnsound
from tresen.domains.catalog.types import AttributeKind, ContentUnit, JsonValue
from tresen.foundation.money import Money
from tresen.workflows.supplying.catalog_files.attribute_values import (
    label_from,
    plan_of,
    value_of,
)
from tresen.workflows.supplying.catalog_files.faults import ValueUnreadable
from tresen.workflows.supplying.catalog_files.mapping_types import Target
from tresen.workflows.supplying.catalog_files.numbers import amount_of, measure_of, number_of
from tresen.workflows.supplying.catalog_files.tests import make
from tresen.workflows.supplying.catalog_files.units import UNITS, converted, unit_in_name
from tresen.workflows.supplying.catalog_files.values import READERS, money_of, plain, text_of

GTIN = "4006381333931"


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12,50", ",", "12.50"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1 234 567", ".", "1234567"),
        ("−5", ".", "-5"),
        ("1'234.5", ".", "1234.5"),
        ("12,50", ".", None),
        ("1.5", ",", None),
        ("12.345,6.7", ",", None),
        ("", ".", None),
        ("1e5", ".", None),
        ("٣", ".", "3"),
        ("9" * 31, ".", None),
    ],
)
def test_a_number_is_read_with_its_decimal_sign_only(
    text: str, decimal: str, number: str | None
) -> None:
    assert number_of(text, decimal=decimal) == (None if number is None else Decimal(number))


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([(".", ","), (",", ".")]))
def test_every_number_written_with_groups_is_read_back(
    number: Decimal, signs: tuple[str, str]
) -> None:
    decimal, group = signs
    text = f"{number:,.3f}".replace(",", "~").replace(".", decimal).replace("~", group)

    assert number_of(text, decimal=decimal) == number


def test_money_leaves_its_sign_and_measures_keep_their_unit() -> None:
    assert amount_of("1.299,00 €", decimal=",") == Decimal("1299.00")
    assert amount_of("EUR 12", decimal=".") == Decimal(12)
    assert measure_of("12,5 kg", decimal=",") == (Decimal("12.5"), "kg")
    assert measure_of('15"', decimal=".") == (Decimal(15), "in")
    assert measure_of("3", decimal=".") == (Decimal(3), "")
    assert measure_of("3 stone", decimal=".") is None
    assert measure_of("kg", decimal=".") is None


@pytest.mark.parametrize(
    ("raw", "more", "minor"),
    [
        ("49.99", {}, 4999),
        (49.99, {}, 4999),
        (4995, {"unit": "minor"}, 4995),
        ("12,5", {"decimal": ","}, 1250),
        (0, {}, 0),
    ],
)
def test_a_price_becomes_whole_cents(raw: object, more: dict[str, object], minor: int) -> None:
    rule = make.rule(Target.MONEY, **more)

    assert money_of(raw, rule, currency="EUR") == Money(minor, "EUR")


@pytest.mark.parametrize(
    "raw", ["1.234", 49.999, "-1", "free", "12,50", True, float("nan"), 1e300, "NaN"]
)
def test_a_price_that_is_none_is_refused_not_rounded(raw: object) -> None:
    with pytest.raises(ValueUnreadable):
        money_of(raw, make.rule(Target.MONEY), currency="EUR")


@pytest.mark.parametrize(
    ("target", "more", "raw", "read"),
    [
        (Target.TEXT, {"prefix": "A-"}, 7.0, "A-7"),
        (Target.TEXT, {"map": {}, "values": {"x": "y"}}, "x", "y"),
        (Target.LIST, {"split": "|"}, "a| b |", ("a", "b")),
        (Target.LIST, {}, ["a", "", "b"], ("a", "b")),
        (Target.GTIN, {}, ["4006381333932", GTIN], GTIN),
        (Target.GTIN, {}, [], ""),
        (Target.GTINS, {"may_drop": True}, ["1", GTIN, GTIN], (GTIN,)),
        (Target.CATEGORIES, {"is_path": True}, ["Küche", "Tee"], (("Küche", "Tee"),)),
        (
            Target.CATEGORIES,
            {"split": ";", "levels": ">"},
            "Küche > Tee; Garten",
            (("Küche", "Tee"), ("Garten",)),
        ),
        (Target.CATEGORIES, {}, ["Küche", "Tee"], (("Küche",), ("Tee",))),
        (Target.WHOLE, {}, "1,200", 1200),
        (Target.DATE, {}, "2009-12-10T00:00:00Z", date(2009, 12, 10)),
        (Target.DATE, {"date_format": "%d.%m.%Y"}, "10.12.2009", date(2009, 12, 10)),
        (Target.GRAMS, {}, 12.5, 13),
        (Target.GRAMS, {"unit": "kg", "decimal": ","}, "0,25", 250),
        (Target.GRAMS, {"unit": "kg"}, "300 g", 300),
        (Target.MILLIMETRES, {"unit": "in"}, "10", 254),
        (Target.COUNTRY, {}, "Deutschland", "DE"),
        (Target.TARIFF_CODE, {}, "0901.21 00", "09012100"),
        (Target.CONTENT, {"decimal": ","}, "0,75 l", (Decimal(750), ContentUnit.MILLILITRE)),
        (Target.CONTENT, {"unit": "cm"}, 50, (Decimal("0.5"), ContentUnit.METRE)),
        (Target.STATUS, {}, "Draft", "draft"),
    ],
)
def test_a_field_is_read_as_what_it_is(
    target: Target, more: dict[str, object], raw: object, read: object
) -> None:
    more.pop("map", None)

    assert READERS[target](raw, make.rule(target, **more)) == read


@pytest.mark.parametrize(
    ("target", "more", "raw", "refusal"),
    [
        (Target.GTIN, {}, ["1", "2"], GtinUnsound),
        (Target.GTINS, {}, ["1"], GtinUnsound),
        (Target.WHOLE, {}, 1.5, ValueUnreadable),
        (Target.WHOLE, {}, "many", ValueUnreadable),
        (Target.DATE, {}, "10.12.2009", ValueUnreadable),
        (Target.DATE, {"date_format": "%d.%m.%Y"}, "31.02.2009", ValueUnreadable),
        (Target.GRAMS, {}, 0.2, MeasureUnsound),
        (Target.GRAMS, {}, "3 mm", ValueUnreadable),
        (Target.GRAMS, {}, float("inf"), ValueUnreadable),
        (Target.MILLIMETRES, {}, 1e6, MeasureUnsound),
        (Target.CONTENT, {}, "3", ValueUnreadable),
        (Target.CONTENT, {}, "three", ValueUnreadable),
        (Target.STATUS, {}, "sold", ValueUnreadable),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(
    target: Target, more: dict[str, object], raw: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        READERS[target](raw, make.rule(target, **more))


def test_a_pattern_takes_what_its_group_finds() -> None:
    import_rule = make.mapping('[fields]\nsku = { from = "x", match = "/([0-9]+)_" }').fields[0]

    assert text_of("http://x.example/a/4984700_sb.jpg", import_rule) == "4984700"
    with pytest.raises(ValueUnreadable):
        text_of("nothing", import_rule)


def test_anything_has_a_plain_text() -> None:
    assert [plain(raw) for raw in (None, True, 3, 3.0, 3.5, ["a", 1], " x ")] == [
        "", "true", "3", "3", "3.5", "a, 1", "x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("width_mm", "mm"),
        ("Gewicht (kg)", "kg"),
        ("Höhe [cm]", "cm"),
        ("set_depth__inch_", "in"),
        ("pack_l", ""),
        ("volume (l)", "l"),
        ("frequency_mhz", "MHz"),
        ("product_colour", ""),
        ("Gewicht (netto)", ""),
    ],
)
def test_a_unit_is_told_from_a_field_s_name(name: str, unit: str) -> None:
    assert unit_in_name(name) == unit


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.integers(1, 1000))
def test_units_convert_there_and_back_and_only_within_their_kind(
    one: str, other: str, amount: int
) -> None:
    there = converted(Decimal(amount), unit=one, into=other)
    if UNITS[one][0] != UNITS[other][0]:
        assert there is None
    else:
        assert there is not None
        back = converted(there, unit=other, into=one)
        assert back is not None
        assert abs(back - amount) < Decimal("1e-20")


def test_labels_for_people_are_made_of_names_for_machines() -> None:
    assert label_from("operating_temperature__t_t_") == "Operating temperature (t t)"
    assert label_from("product_colour") == "Product colour"
    assert label_from("weight__imperial_") == "Weight (imperial)"


ATTRIBUTES = """
locale = "en"
[fields]
sku = "id"
[units]
"breite" = "mm"
[[attributes]]
from = "t_*"
[[attributes]]
from = "t_model"
neutral = true
code = "modell"
label = { de = "Modell" }
[[attributes]]
from = "n_*"
kind = "number"
decimal = ","
[[attributes]]
from = "b_*"
kind = "boolean"
[[attributes]]
from = "d_*"
kind = "date"
date_format = "%d.%m.%Y"
[[attributes]]
from = "c_tone"
kind = "choice"
choices = { "Rot" = "red", "Feuerrot" = "red", "Blau" = "blue" }
[[attributes]]
from = "t_secret"
ignore = true
"""


def read(name: str, raw: object) -> JsonValue | None:
    plan = plan_of(name, make.mapping(ATTRIBUTES))
    assert plan is not None
    return value_of(raw, plan)


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("t_stoff", "Ton", {"en": "Ton"}),
        ("t_stoff", ["Ton", "Glas"], {"en": "Ton, Glas"}),
        ("t_stoff", 3.0, {"en": "3"}),
        ("t_stoff", " ", None),
        ("t_model", "X-1", "X-1"),
        ("n_breite", "12,5", 12.5),
        ("n_breite", "1,5 cm", 15),
        ("n_breite", 6.0, 6),
        ("n_breite", "", None),
        ("n_laenge_cm", "1 m", 100),
        ("b_neu", "ja", True),
        ("b_neu", "0", False),
        ("b_neu", False, False),
        ("b_neu", "", None),
        ("d_seit", "28.02.2027", "2027-02-28"),
        ("c_tone", "Feuerrot", "red"),
    ],
)
def test_a_field_becomes_a_typed_attribute(name: str, raw: object, value: object) -> None:
    assert read(name, raw) == value


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("n_breite", "12.5"),
        ("n_breite", "breit"),
        ("n_breite", "5 kg"),
        ("n_x", "5 kg"),
        ("b_neu", "vielleicht"),
        ("d_seit", "2027-02-28"),
        ("c_tone", "Grün"),
    ],
)
def test_a_value_that_does_not_fit_its_attribute_is_refused(name: str, raw: object) -> None:
    with pytest.raises(ValueUnreadable) as refusal:
        read(name, raw)

    assert refusal.value.field.startswith("attributes.")


def test_attributes_are_named_by_the_star_and_the_exact_pattern_goes_first() -> None:
    mapping = make.mapping(ATTRIBUTES)

    plans = {name: plan_of(name, mapping) for name in ("t_model", "n_breite", "t_secret", "x")}

    model, width = plans["t_model"], plans["n_breite"]
    assert model is not None
    assert width is not None
    assert (model.definition.code, model.definition.labels) == ("modell", {"de": "Modell"})
    assert (width.definition.code, width.definition.unit) == ("breite", "mm")
    assert width.definition.kind is AttributeKind.NUMBER
    assert plans["t_secret"] is None
    assert plans["x"] is None
