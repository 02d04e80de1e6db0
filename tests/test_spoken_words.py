"""What the command line says, it says in the language of whoever sits there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tresen.entrypoints.cli.tests.make import tresen
from tresen.operations.words.speaking import language_of, number

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tresen"
MUTE = {"tests", "demo", "words", "migrations"}
"""Demo goods have texts of their own; the catalogue's tools speak to translators."""
TRANSLATING = {"_", "gettext", "ngettext", "gettext_noop"}
TWO_WORDS = re.compile(r"[A-Za-zäöüß]{2,}[,;:]? [a-zäöüß]{2,}")
OF_MACHINES = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|GRANT|REVOKE|DROP|SET|WHERE|FROM|USING|CHECK)\b"
)
"""Statements of SQL."""
FOR_MACHINES: Mapping[str, tuple[str, ...]] = {
    "entrypoints/cli/backup_keeping.py": ("it ended with code",),
    "entrypoints/cli/export_catalog.py": ("tresen export",),
    "entrypoints/cli/import_catalog.py": ("tresen import",),
    "entrypoints/cli/manage.py": ("tresen manage",),
    "operations/backup/bring_back.py": ("A restore is on its way",),
    "operations/backup/envelopes.py": ("matching keys",),
    "operations/backup/marker.py": ("dict[str, int]",),
    "operations/backup/recovery.py": ("recovery ended before", "local all all trust"),
    "operations/backup/replication.py": (
        "SHOW wal_segment_size",
        "already been removed",
        "can no longer access",
    ),
    "operations/doctor/database.py": (
        "No space left on device",
        "Permission denied",
        "could not map anonymous",
        "could not bind",
        "could not locate",
        "invalid value for parameter",
        "invalid page",
        "unrecognized configuration parameter",
    ),
    "operations/postgres/configuration.py": ("Written by Tresen", "iso, ymd", "scram-sha-256"),
    "operations/postgres/postmaster.py": (
        "shared memory block",
        "already exists",
        "another postmaster",
    ),
    "operations/postgres/provision.py": ("password authentication failed",),
    "operations/postgres/rights.py": ("COMMENT ON POLICY",),
}
"""File → words in it that a program reads, or that only a log keeps."""


def _speaking_files() -> Iterator[Path]:
    for folder in (HOUSE / "entrypoints" / "cli", HOUSE / "operations"):
        for path in sorted(folder.rglob("*.py")):
            if not MUTE & set(path.relative_to(HOUSE).parts):
                yield path


def untranslated(source: str) -> list[str]:
    """Sentences in a module that no translating call stands around."""
    found: list[str] = []
    _gather(ast.parse(source), found)
    return [words for words in found if TWO_WORDS.search(words) and not OF_MACHINES.search(words)]


def _gather(node: ast.AST, found: list[str]) -> None:
    if _is_told_otherwise(node):
        return
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        found.append("".join(map(str, parts)))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.append(node.value)
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            _gather(child, found)


def _is_told_otherwise(node: ast.AST) -> bool:
    """A docstring, an assertion of a programmer, or a call that translates."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    is_translated = isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATING
    return is_translated or isinstance(node, ast.Assert)


def test_every_sentence_of_the_command_line_can_be_translated() -> None:
    silent = []
    for path in _speaking_files():
        name = str(path.relative_to(HOUSE))
        known = FOR_MACHINES.get(name, ())
        silent += [
            f"{name}: {words!r}"
            for words in untranslated(path.read_text(encoding="utf-8"))
            if not any(one in words for one in known)
        ]
    assert silent == []


def test_control_a_sentence_without_its_call_is_found() -> None:
    given = 'print(f"{count} sessions are over")\nprint(_("All is well, says the doctor"))\n'

    assert untranslated(given) == ["… sessions are over"]


def test_what_is_excused_is_there() -> None:
    gone = [
        f"{name}: {words}"
        for name, excused in FOR_MACHINES.items()
        for words in excused
        if not any(words in one for one in untranslated((HOUSE / name).read_text("utf-8")))
    ]
    assert gone == []


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_ALL": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "fr_FR", "LANGUAGE": "fr:de"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "TRESEN_LANGUAGE": "de"}, "de"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


def test_menu_help_and_refusals_are_in_german_where_the_terminal_is() -> None:
    menu = tresen(TRESEN_LANGUAGE="de")
    helped = tresen("doctor", "--help", TRESEN_LANGUAGE="de")
    mistyped = tresen("doktor", TRESEN_LANGUAGE="de")
    wrong = tresen("doctor", "--loud", TRESEN_LANGUAGE="de")

    assert "Den Laden öffnen" in menu.stdout
    assert "Aufruf: tresen doctor" in helped.stdout
    assert "nur, was nicht stimmt" in helped.stdout
    assert "Meinten Sie 'doctor'?" in mistyped.stderr
    assert "unbekannte Angaben: --loud" in wrong.stderr


def test_control_in_english_it_is_english() -> None:
    assert "Open the shop" in tresen(TRESEN_LANGUAGE="en").stdout


def test_numbers_are_grouped_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert number(1234567.25, 1) == "1.234.567,2"
    monkeypatch.setenv("LANGUAGE", "en")
    assert number(1234567) == "1,234,567"
