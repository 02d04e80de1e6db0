"""Writes docs/reference/errors.md: every refusal with its code, status and sentence."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import django

from tresen.foundation.refusals import Refusal

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "errors.md"
HEAD = """# Errors

Every refusal has a stable `code`, an HTTP status, and a sentence that names the remedy. The store
API answers with problem details (RFC 9457): `type` is the anchor of this page, `errors` names each
field. Sentences come in the language that was asked for; here they stand in English.

| code | status | sentence |
|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    rows = sorted(
        {
            (refusal.code, refusal.status, refusal.message.replace("\n", " "))
            for refusal in _refusals()
        }
    )
    return HEAD + "".join(
        f'| <a id="{code}"></a>`{code}` | {status} | {words} |\n' for code, status, words in rows
    )


def _refusals() -> Iterator[type[Refusal]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
    django.setup()
    for path in sorted((ROOT / "tresen").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "tests" not in parts and "migrations" not in parts and "Refusal" in path.read_text():
            importlib.import_module(".".join(part for part in parts if part != "__init__"))
    yield from _below(Refusal)


def _below(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for refusal in base.__subclasses__():
        if not refusal.__name__.startswith("_") and ".tests." not in refusal.__module__:
            yield refusal
        yield from _below(refusal)


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())
