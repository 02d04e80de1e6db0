"""A mapping says which field becomes which; a wrong one is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tresen.domains.catalog.types import AttributeKind
from tresen.workflows.supplying.catalog_files.mapping_file import read_mapping
from tresen.workflows.supplying.catalog_files.mapping_types import MappingWrong, Target
from tresen.workflows.supplying.catalog_files.tests import make

EXAMPLES = Path(__file__).resolve().parents[5] / "examples" / "mappings"
GOOD = """
locale = "de"
currency = "EUR"
filterable = ["farbe"]

[values]
tax_category = "reduced"

[fields]
sku = "Artikel"
name = "Bezeichnung"
"name.en" = "Title"
price = { from = "Preis", decimal = "," }
weight = { from = ["Gewicht (kg)", "Gewicht"], unit = "kg", on_bad = "drop" }
"option.colour" = "Farbe"

[[attributes]]
from = "m_*"
kind = "number"

[[attributes]]
from = "m_gewicht"
ignore = true
"""


def test_a_mapping_is_read_with_its_lines() -> None:
    mapping = make.mapping(GOOD)

    rules = {(rule.name, rule.locale): rule for rule in mapping.fields}
    assert rules["name", "en"].sources == ("Title",)
    assert rules["weight", "de"].sources == ("Gewicht (kg)", "Gewicht")
    assert rules["weight", "de"].may_drop
    assert rules["price", "de"].line == 13
    assert rules["option.colour", "de"].target is Target.TEXT
    assert mapping.values == {"tax_category": "reduced"}
    assert [(rule.pattern, rule.kind, rule.line) for rule in mapping.attributes] == [
        ("m_gewicht", AttributeKind.TEXT, 21),
        ("m_*", AttributeKind.NUMBER, 17),
    ]


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (GOOD.replace('name = "', 'nmae = "'), 11, "none of our fields. Did you mean «name»?"),
        (GOOD.replace("decimal", "dezimal"), 13, "not known here. Did you mean «decimal»?"),
        (GOOD.replace('decimal = ","', 'decimal = ";"'), 13, "one of ,, ."),
        (GOOD.replace('unit = "kg"', 'unit = "stone"'), 14, "unit = 'stone'"),
        (GOOD.replace('on_bad = "drop"', 'on_bad = "skip"'), 14, "one of drop, refuse"),
        (GOOD.replace('sku = "Artikel"\n', ""), 9, "no field is named for sku"),
        (GOOD.replace('"Artikel"', "3"), 10, "the name of a field is missing"),
        (GOOD.replace('"name.en"', '"name.english"'), 12, "have a language"),
        (GOOD.replace('"name.en"', '"weight.en"'), 12, "have a language"),
        (GOOD.replace('"EUR"', '"Euro"'), 3, "currency = 'Euro'"),
        (GOOD.replace('"number"', '"numeric"'), 19, "one of boolean, choice, date, number, text"),
        (GOOD.replace('"number"', '"choice"'), 17, "goes with choices"),
        (GOOD.replace('"m_*"', '"m_*_*"'), 18, "at most one «*»"),
        (GOOD.replace("ignore = true", 'ignore = "yes"'), 23, "true or false"),
        (GOOD.replace("tax_category", "price"), 7, "«price» cannot be set for all"),
        (GOOD.replace("tax_category", "status"), 7, "status is one of active, archived, draft"),
        (GOOD.replace("[fields]", "[feilds]"), 9, "not known here. Did you mean «fields»?"),
        (GOOD.replace('["farbe"]', '"farbe"'), 4, "filterable is a list"),
        ('encoding = "utf-9"\n[fields]\nsku = "a"', 1, "utf-8, cp1252"),
        ('[fields]\nsku = { from = "a", match = "(" }', 2, "no regular expression"),
        ('[fields]\nsku = { from = "a", match = "x" }', 2, "exactly one group"),
        ("[fields]\nsku = ", 0, "no TOML: Invalid value (at end of document)"),
        ('locale = "de"', 0, "the table [fields] is missing"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_names_line_and_remedy(wrong: str, line: int, says: str) -> None:
    with pytest.raises(MappingWrong) as refused:
        make.mapping(wrong)

    assert says in str(refused.value)
    assert refused.value.line == line
    assert str(refused.value).startswith("mapping.toml")


def test_a_mapping_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(MappingWrong, match="cannot be read"):
        read_mapping(tmp_path / "nix.toml")


@pytest.mark.parametrize("name", ["icecat", "bestbuy"])
def test_the_examples_are_sound(name: str) -> None:
    mapping = read_mapping(EXAMPLES / f"{name}.toml")

    assert {"sku", "name", "brand", "price", "description"} <= {r.name for r in mapping.fields}
