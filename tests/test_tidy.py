"""The house stays tidy: what HOUSE and STYLE promise is checked here, in plain Python."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import BinaryField, CharField, FileField, JSONField, TextField

from tresen.foundation.journal.events import Event
from tresen.foundation.vault.fields import SealedField
from tresen.foundation.vault.personal import not_personal, personal_columns
from tresen.workflows.reactions.table import LISTENERS, UNHEARD

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tresen"
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
TEMPLATE_LINES_MAX = 120
PLAN = {
    "__init__", "apps", "types", "rules", "events", "ports", "models", "queries", "commands",
    "personal", "migrations", "tests",
}  # fmt: skip
STOREYS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def _sources() -> Iterator[Path]:
    for path in sorted([*HOUSE.rglob("*.py"), *(ROOT / "tools").rglob("*.py")]):
        if "migrations" not in path.parts:
            yield path


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _domains() -> list[Path]:
    return sorted(path.parent for path in (HOUSE / "domains").glob("*/__init__.py"))


def _storey_of() -> dict[str, int]:
    layers = next(contract for contract in STOREYS if contract["id"] == "storeys")["layers"]
    return {
        name.strip(" ()"): level
        for level, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("tresen.domains.")]


def _events() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for path in (HOUSE / "domains").glob("*/events.py"):
        module = importlib.import_module(f"tresen.domains.{path.parent.name}.events")
        for value in vars(module).values():
            is_event = isinstance(value, type) and issubclass(value, Event)
            if is_event and value.__module__ == module.__name__:
                found[value.__name__] = value
    return found


def test_a_file_fits_in_the_head() -> None:
    too_long = {
        _name(path): count
        for path in _sources()
        if (count := len(path.read_text().splitlines())) > FILE_LINES_MAX
    }
    assert too_long == {}


def test_a_function_fits_on_a_screen() -> None:
    too_long = {}
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    too_long[f"{_name(path)}:{node.name}"] = lines
    assert too_long == {}


def test_a_template_fits_on_a_screen() -> None:
    too_long = {
        _name(path): count
        for path in HOUSE.rglob("*.html")
        if (count := len(path.read_text().splitlines())) > TEMPLATE_LINES_MAX
    }
    assert too_long == {}


def test_every_module_opens_with_one_sentence() -> None:
    silent = [
        _name(path)
        for path in _sources()
        if path.read_text().strip() and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_every_domain_says_what_it_owns_announces_and_never_does() -> None:
    mute = [
        path.name
        for path in _domains()
        if any(
            word not in (path / "__init__.py").read_text()
            for word in ("Owns:", "Announces:", "Never:")
        )
    ]
    assert mute == []


def test_a_domain_has_no_tenth_name() -> None:
    strangers = [
        f"{path.name}/{child.name}"
        for path in _domains()
        for child in path.iterdir()
        if child.name != "__pycache__"
        and (child.suffix == ".py" or child.is_dir())
        and child.stem not in PLAN
        and not _holds_data_only(child)
    ]
    assert strangers == []


def _holds_data_only(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.rglob("*.py"))


def test_foreign_keys_cross_domains_downward_only() -> None:
    storey = _storey_of()
    breaches = []
    for model in _our_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here == there:
                continue
            downward = storey.get(there, -1) < storey[here]
            guarded = field.remote_field.on_delete is models.PROTECT
            hidden = field.remote_field.related_name == "+"
            if not (downward and guarded and hidden):
                breaches.append(f"{model.__name__}.{field.name}")
    assert breaches == []


def test_every_fact_is_heard_or_known_to_be_unheard() -> None:
    known = {kind.__name__ for kind in LISTENERS} | {kind.__name__ for kind in UNHEARD}
    assert set(_events()) == known


def test_facts_carry_plain_values_and_no_personal_data() -> None:
    personal = {"name", "email", "phone", "street", "address", "person", "iban"}
    breaches = [
        f"{name}.{field}"
        for name, kind in _events().items()
        for field in kind.__dataclass_fields__
        if field in personal
    ]
    assert breaches == []


_TEXT_KINDS = (CharField, TextField, JSONField, BinaryField, FileField)


def _columns_with_text() -> dict[str, str]:
    """`table.column` → kind of field; a choice of our own words is no text."""
    return {
        f"{model._meta.db_table}.{field.column}": type(field).__name__
        for model in apps.get_models()
        if model.__module__.startswith("tresen.")
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXT_KINDS) and not field.choices
    }


def _unknown_places(columns: dict[str, str]) -> set[str]:
    known = {column.place for column in personal_columns()} | set(not_personal())
    return {place for place in columns if place not in known}


def test_every_text_column_is_declared_as_personal_or_not() -> None:
    """Declare it in the personal.py beside its table: in COLUMNS, or in NOT_PERSONAL with why."""
    assert _unknown_places(_columns_with_text()) == set()


def test_control_a_column_that_nobody_declared_is_found() -> None:
    grown = _columns_with_text() | {"orders_order.nickname": "CharField"}
    assert _unknown_places(grown) == {"orders_order.nickname"}


def test_every_declared_column_exists_and_none_is_declared_twice() -> None:
    existing = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    declared = [column.place for column in personal_columns()]
    assert set(declared) - existing == set()
    assert set(not_personal()) - existing == set()
    assert len(declared) == len(set(declared))
    assert set(declared) & set(not_personal()) == set()


def test_sealed_columns_are_declared_as_sealed_and_no_others() -> None:
    of_ours = {place: kind for place, kind in _columns_with_text().items() if kind == "SealedField"}
    sealed = {column.place for column in personal_columns() if column.sealed}
    theirs = {place for place in sealed if place.startswith(("mfa_", "socialaccount_"))}
    assert sealed - theirs == set(of_ours)


def test_no_index_and_no_constraint_is_over_what_is_sealed() -> None:
    """Whoever would look there needs a blind index."""
    wrong = [
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField) and (field.unique or field.db_index)
    ]
    assert wrong == []


def test_a_partial_says_what_it_is_given() -> None:
    mute = [
        _name(path)
        for path in (HOUSE / "entrypoints").rglob("_*.html")
        if "Given" not in path.read_text().split("#}")[0]
    ]
    assert mute == []


def test_only_the_clock_module_reads_the_clock_below_the_entrypoints() -> None:
    readers = [
        _name(path)
        for floor in ("domains", "workflows", "adapters")
        for path in (HOUSE / floor).rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"clock\.now\(|datetime\.now\(", path.read_text())
    ]
    assert readers == []


def test_no_file_names_a_path_of_a_machine_or_an_index() -> None:
    words = re.compile(r"/(?:work|root)/|pypi\.org|registry\.npmjs|files\.pythonhosted")
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    this = _name(Path(__file__))
    named = [
        name
        for name in tracked
        if name
        and name != this
        and not name.startswith("vendor/")
        and (ROOT / name).suffix in {".py", ".md", ".toml", ".lock", ".html", ".js", ".css", ""}
        and (ROOT / name).is_file()
        and words.search((ROOT / name).read_text(errors="replace"))
    ]
    assert named == []


def test_a_document_has_one_title() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "decisions").glob("*.md")]
    titles = {
        _name(page): len(re.findall(r"^# ", _outside_code(page.read_text()), re.MULTILINE))
        for page in pages
    }
    assert {page: count for page, count in titles.items() if count != 1} == {}


def _outside_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def test_asserts_are_never_switched_off() -> None:
    """Broken invariants are asserts; `python -O` would drop them."""
    assert __debug__
    runners = [ROOT / "Makefile", *(HOUSE / "operations").rglob("*.py")]
    assert not [
        path for path in runners if re.search(r"python3? -O|PYTHONOPTIMIZE", path.read_text())
    ]


@pytest.mark.parametrize("word", ["TODO", "FIXME", "NotImplementedError"])
def test_nothing_is_left_for_later(word: str) -> None:
    this = Path(__file__)
    found = [_name(path) for path in _sources() if path != this and word in path.read_text()]
    assert found == []
