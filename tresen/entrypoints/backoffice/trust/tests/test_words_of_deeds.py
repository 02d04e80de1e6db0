"""Each action that the code records has words: found in the source, with a control."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import tresen
from tresen.domains.accounts.types import ChangeKind
from tresen.entrypoints.backoffice.trust.audit.actions import ACTIONS, OBJECTS, PAGES

SOURCE = Path(tresen.__file__).parent
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDERS = {"Deed", "record_read", "_record", "_deed", "_read"}


def test_each_recorded_action_and_object_has_words() -> None:
    actions, kinds = set[str](), set[str]()
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            found = _recorded(path.read_text())
            actions |= found[0]
            kinds |= found[1]
    actions |= {f"account.{kind}" for kind in ChangeKind}
    assert len(actions) > 50
    assert sorted(actions - set(ACTIONS)) == []
    assert sorted(kinds - set(OBJECTS)) == []
    assert sorted(set(PAGES) - set(OBJECTS)) == []


def test_control_an_action_without_words_is_found() -> None:
    text = 'record(Deed(action="moon.howl", object_kind="moon", actor=actor), now=now)'
    assert _recorded(text) == ({"moon.howl"}, {"moon"})


def _recorded(text: str) -> tuple[set[str], set[str]]:
    """The actions, and the kinds of objects, that calls of a recorder name."""
    actions, kinds = set[str](), set[str]()
    for call in _calls(ast.parse(text)):
        named = {one.arg: one.value for one in call.keywords}
        actions |= {word for word in _words(named.get("action")) if ACTION.fullmatch(word)}
        actions |= {word for word in _words(*call.args[:1]) if ACTION.fullmatch(word)}
        kinds |= set(_words(named.get("object_kind")))
    return actions, kinds


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in RECORDERS:
            yield node


def _words(*nodes: ast.expr | None) -> Iterator[str]:
    """A word that stands there, or either of two that a condition chooses from."""
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _words(node.body, node.orelse)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
