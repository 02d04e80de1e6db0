"""Verbs of the command line that change something leave exactly one row, too (I-28)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import override_settings

from tresen.domains.security.ports import ANCHORS
from tresen.entrypoints.cli import export_catalog
from tresen.entrypoints.cli.verbs import VERBS, find_verb
from tresen.foundation import clock, sql
from tresen.workflows.buying.tests.make import NOON, small_shop

pytestmark = pytest.mark.django_db
INVITE = ("invite", "jonas", "--name", "Jonas", "--email", "j@schapp.example", "--role", "clerk")
RECORDED: dict[tuple[str, ...], str] = {
    ("export", "catalog", "--out", "{folder}/goods.jsonl"): "catalog.export",
    ("staff", *INVITE): "staff.invite",
    ("staff", "roles", "inga", "--role", "support"): "staff.give_roles",
    ("staff", "deactivate", "inga"): "staff.deactivate",
    ("sessions", "end-all", "staff"): "session.end_all",
    ("freeze", "on"): "shop.freeze",
    ("audit", "newkey"): "audit.newkey",
    ("incidents", "open", "--title", "Laptop"): "incident.open",
    ("audit", "affected", "action:staff.invite"): "affected.list",
    ("audit", "affected", "action:staff.invite", "--csv", "{folder}/who.csv"): "affected.export",
    ("retention", "run"): "retention.run",
    ("privacy", "words", "{folder}/words.json"): "consent_words.publish",
}
LOOKING = [("staff", "list"), ("retention", "run", "--dry-run"), ("retention", "holds"),
           ("privacy", "requests"), ("incidents", "list"), ("audit", "search", "inga"),
           ("freeze", "status"), ("jobs", "dead")]  # fmt: skip
ELSEWHERE = {
    "import": "tresen/entrypoints/cli/tests/test_catalog_files.py",
    "jobs": "tresen/entrypoints/cli/tests/test_jobs.py",
    "keys": "tests/test_rotation.py",
    "risk": "tresen/entrypoints/cli/tests/test_risk.py",
}
"""Need files, jobs or keys of their own: their rows are looked at where there are some."""
UNRECORDED = {
    "run": "opens the shop", "web": "opens the shop", "worker": "opens the shop",
    "doctor": "only looks", "check": "only looks", "sbom": "only looks", "scripts": "only looks",
    "db": "no deed of the shop: the database itself", "migrate": "tables, no rows of the shop",
    "manage": "tables, no rows of the shop", "prepare": "what `run` does first",
    "messages": "the checkout's words", "projection": "what can be made anew at any time",
    "exercise": "nothing of it stays", "passwords": "a list of strangers' passwords, in a file",
    "backup": "works without the database; the folder keeps its own signed lines",
    "restore": "works without the database; the erasure ledger and `audit restored` tell of it",
}  # fmt: skip


def test_every_verb_is_named_here() -> None:
    named = {words[0] for words in RECORDED} | ELSEWHERE.keys() | UNRECORDED.keys()
    assert {verb.name for verb in VERBS} == named


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(ANCHORS, "_held", {})
    small_shop()
    words = {"purpose": "newsletter", "de": "Ich möchte Neues.", "en": "I would like news."}
    (tmp_path / "words.json").write_text(json.dumps(words))
    with override_settings(AUDIT_KEY_FILE=tmp_path / "audit.json"):
        run(("staff", "invite", "inga", *INVITE[2:]), tmp_path)
        yield tmp_path


def run(words: tuple[str, ...], folder: Path) -> int:
    verb = find_verb(words[0])
    assert verb is not None
    module, parser = import_module(verb.module), ArgumentParser()
    module.declare(parser)
    return int(module.act(parser.parse_args([one.format(folder=folder) for one in words[1:]])))


def rows() -> Counter[str]:
    return Counter(str(action) for (action,) in sql.rows("SELECT action FROM audit_deed"))


@pytest.mark.parametrize("words", RECORDED, ids=" ".join)
def test_each_verb_leaves_one_row(folder: Path, words: tuple[str, ...]) -> None:
    before = rows()
    assert run(words, folder) == 0
    assert rows() - before == Counter([RECORDED[words]])


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_looking_leaves_none(folder: Path, words: tuple[str, ...]) -> None:
    before = rows()
    run(words, folder)
    assert rows() == before


def test_a_verb_that_forgets_its_row_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(export_catalog, "record", lambda *_, **__: None)
    before = rows()
    assert run(("export", "catalog", "--out", "{folder}/goods.jsonl"), folder) == 0
    assert rows() == before
