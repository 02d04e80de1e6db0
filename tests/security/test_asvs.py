"""The table of ASVS rows is whole, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "security" / "asvs.md"
WANTED = (
    "V1.2.1", "V1.2.2", "V1.2.4", "V1.2.5", "V1.2.10", "V1.3.1", "V1.3.4", "V1.3.6", "V1.3.7",
    "V1.3.11", "V1.5.1", "V1.5.2", "V2.2.1", "V2.2.2", "V2.2.3", "V2.3.1", "V2.3.2", "V2.3.3",
    "V2.3.4", "V2.4.1", "V3.2.1", "V3.3.1", "V3.3.2", "V3.3.3", "V3.3.4", "V3.4.1", "V3.4.2",
    "V3.4.3", "V3.4.6", "V3.5.1", "V3.5.3", "V3.5.4", "V3.7.2", "V4.1.3", "V4.2.1", "V4.3.1",
    "V5.2.1", "V5.2.2", "V5.2.3", "V5.3.1", "V5.3.2", "V5.4.1", "V5.4.3", "V6.2.1", "V6.2.4",
    "V6.2.9", "V6.2.12", "V6.3.1", "V6.3.3", "V6.3.4", "V6.4.3", "V6.4.4", "V6.5.1", "V6.6.3",
    "V6.8.1", "V7.2.4", "V7.3.1", "V7.3.2", "V7.4.1", "V7.4.2", "V7.4.3", "V7.5.1", "V7.5.2",
    "V8.2.1", "V8.2.2", "V8.2.3", "V8.4.1", "V9.1.2", "V9.2.2", "V9.2.3", "V10.4.1", "V10.4.6",
    "V11.2.2", "V11.3.3", "V11.4.2", "V11.5.1", "V12.1.1", "V12.3.1", "V13.2.2", "V13.2.4",
    "V13.3.1", "V13.4.2", "V13.4.5", "V14.2.1", "V14.3.2", "V15.1.2", "V15.2.1", "V15.2.3",
    "V15.3.1", "V15.3.3", "V15.3.7", "V16.2.5", "V16.3.1", "V16.3.2", "V16.4.1", "V16.4.2",
    "V16.5.1", "V16.5.2", "V16.5.3",
)  # fmt: skip
ROW = re.compile(r"^\| (V[\d.]+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
CLASS = re.compile(r"^\| ([A-Z][^|0-9]+) \| (`.*?) \| (.*?) \|$", re.MULTILINE)
CLASSES_MIN = 15
NAMED = re.compile(r"`([^`]+?\.py)(?:::(\w+))?`")


def rows(text: str) -> dict[str, tuple[str, str]]:
    return {row: (tests, words) for row, tests, words in ROW.findall(text)}


def lacking(text: str) -> list[str]:
    """Rows that are missing, rows with neither a test nor a reason, tests that are not there."""
    found = rows(text)
    covered = set(found) | {
        also for _, words in found.values() for also in re.findall(r"V\d+\.\d+\.\d+", words)
    }
    faults = [f"{row} is missing" for row in WANTED if row not in covered]
    for row, (tests, words) in found.items():
        named = NAMED.findall(tests)
        if not named and not words.startswith(("Open: ", "Not here: ")):
            faults.append(f"{row} names neither test nor reason")
        faults += [f"{row}: {file}::{name}" for file, name in named if not is_there(file, name)]
    return faults


def is_there(file: str, name: str) -> bool:
    path = ROOT / file
    if not path.is_file():
        return False
    functions = {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    return name in functions if name else any(known.startswith("test_") for known in functions)


def test_every_row_is_mapped_and_every_named_test_exists() -> None:
    assert lacking(TABLE.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("test_no_header_can_be_smuggled_in", "test_that_nobody_wrote"),
        ("test_uploads.py", "test_nowhere.py"),
        ("| V1.2.1 |", "| V99.2.1 |"),
        ("Not here: ", ""),
    ],
)
def test_a_row_that_went_wrong_is_seen(before: str, after: str) -> None:
    """Control."""
    text = TABLE.read_text("utf-8")
    assert before in text
    assert lacking(text.replace(before, after)) != []


def test_what_is_open_is_said_in_numbers() -> None:
    text = TABLE.read_text("utf-8")
    still_open = [row for row, (_, words) in rows(text).items() if "Open: " in words]
    assert f"{len(rows(text))} rows, {len(still_open)} still open in part" in text


def lacking_controls(text: str) -> list[str]:
    """Classes of holes whose test or control is not there."""
    return [
        f"{name}: {file}::{test}"
        for name, tests, controls in CLASS.findall(text)
        for cell in (tests, controls)
        for file, test in NAMED.findall(cell) or [("nothing", "")]
        if not is_there(file, test)
    ]


def test_each_class_of_holes_has_a_test_and_a_control() -> None:
    text = TABLE.read_text("utf-8")
    assert len(CLASS.findall(text)) >= CLASSES_MIN
    assert lacking_controls(text) == []


def test_a_class_without_its_control_is_seen() -> None:
    """Control."""
    text = TABLE.read_text("utf-8")
    changed = text.replace("test_control_a_planted_hole_is_found", "test_that_nobody_wrote")
    assert lacking_controls(changed) != []
