"""Which words the house uses: from Python, from templates, and from the messages of refusals."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from tresen.operations.words.catalogs import Key

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = ("*.html", "*.txt", "*.xml", "*.mjml")
KEYWORDS: dict[str, None] = dict.fromkeys(
    [
        *("gettext", "gettext_lazy", "gettext_noop", "_", "ngettext", "ngettext_lazy"),
        *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
    ]
)
REFUSAL_ATTRIBUTE = "message"
"""A refusal's class attribute is shown through gettext by the faces."""
VERB = "\ndef declare("
"""The docstring of a verb is the help that the command line shows."""


def used_words(package: Path = PACKAGE) -> dict[Key, str]:
    """Each with the first place that uses it."""
    found: dict[Key, str] = {}
    for path in sorted(package.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            text = path.read_text(encoding="utf-8")
            for line, key in (*_calls(text), *_refusals(text), *_help(text)):
                found.setdefault(key, f"{path.relative_to(package)}:{line}")
    for pattern in TEMPLATES:
        for path in sorted(package.rglob(pattern)):
            for line, key in _template(path.read_text(encoding="utf-8")):
                found.setdefault(key, f"{path.relative_to(package)}:{line}")
    return found


def _template(text: str) -> Iterator[tuple[int, Key]]:
    """Django turns all but the calls into X; the indentation would confuse Python's reader."""
    lines = (line.lstrip() for line in templatize(text).splitlines())
    return _calls("\n".join(lines))


def _calls(text: str) -> Iterator[tuple[int, Key]]:
    source = io.BytesIO(text.encode())
    for line, function, words, _comments in extract_python(source, KEYWORDS, (), {}):
        given = [words] if isinstance(words, str) else [word for word in words or () if word]
        with_context = str(function).startswith(("pgettext", "npgettext"))
        if len(given) > with_context:
            yield line, (given[0] if with_context else None, given[int(with_context)])


def _help(text: str) -> Iterator[tuple[int, Key]]:
    if VERB in text and (words := ast.get_docstring(ast.parse(text))):
        yield 1, (None, words)


def _refusals(text: str) -> Iterator[tuple[int, Key]]:
    if "Refusal" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            yield from _messages_of(node)


def _messages_of(node: ast.ClassDef) -> Iterator[tuple[int, Key]]:
    for statement in node.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Constant):
            continue
        names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
        value = statement.value.value
        if REFUSAL_ATTRIBUTE in names and isinstance(value, str):
            yield statement.lineno, (None, value)
