"""The verbs of audit, freeze and exercise say what they did, and are deeds themselves."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tresen.domains.security.ports import ANCHORS
from tresen.domains.security.queries.chain import find_last_seal
from tresen.domains.security.rules.chain import digest_of
from tresen.domains.security.tests.make import NOON, a_chain
from tresen.entrypoints.cli import audit, exercise, freeze, keys
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.keyring import forget_keyring, keyring
from tresen.workflows.guarding.rotate_keys import rotate_kek

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(ANCHORS, "_held", {})
    settings.AUDIT_KEY_FILE = tmp_path / "audit.json"


def _run(verb: ModuleType, *words: str) -> int:
    parser = ArgumentParser()
    verb.declare(parser)
    return int(verb.act(parser.parse_args(words)))


def _actions() -> list[str]:
    return [str(action) for (action,) in sql.rows("SELECT action FROM audit_deed ORDER BY action")]


def test_a_sound_audit_is_said_to_be_sound(capsys: pytest.CaptureFixture[str]) -> None:
    a_chain(seals=2, deeds=2)

    assert _run(audit, "verify") == 0
    assert "4 deeds under 2 seals examined" in capsys.readouterr().out
    assert _run(audit, "status") == 0
    assert "4 deeds, sound" in capsys.readouterr().out


def test_the_first_broken_row_and_its_time_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    ids = a_chain(seals=2, deeds=2)
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE audit_deed DISABLE TRIGGER audit_deed_append_only")
    sql.run("UPDATE audit_deed SET session = 'x' WHERE id = %s", (ids[2],))

    assert _run(audit, "verify") == 1
    told = capsys.readouterr().err
    assert str(ids[2]) in told
    assert "2026-11-26 12:01:00 UTC" in told
    assert _run(audit, "status") == 1


def test_what_was_given_out_is_checked_and_a_changed_file_is_not_believed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_chain(seals=2, deeds=2)
    file = tmp_path / "audit.jsonl"

    assert _run(audit, "export", "--out", str(file)) == 0
    assert _run(audit, "check", str(file)) == 0
    assert "5 deeds are proven" in capsys.readouterr().out
    file.write_text(file.read_text().replace("order.refund", "order.view", 1))
    assert _run(audit, "check", str(file)) == 1
    assert "audit.export" in _actions()


def test_new_keys_are_a_deed_and_old_proofs_hold() -> None:
    a_chain(seals=1, deeds=2)
    assert _run(audit, "newkey") == 0
    assert _run(audit, "seal") == 0
    assert _run(audit, "verify") == 0
    assert "audit.newkey" in _actions()


def test_freezing_and_opening_are_deeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert (_run(freeze, "on"), _run(freeze, "status")) == (0, 3)
    assert (_run(freeze, "off"), _run(freeze, "off"), _run(freeze, "status")) == (0, 0, 0)
    assert _actions() == ["shop.freeze", "shop.thaw"]
    assert "was not frozen" in capsys.readouterr().out


def test_the_exercise_prints_minutes_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(exercise, "breach", "--people", "50", "--seed", "7") == 0
    told = capsys.readouterr().out
    assert "recall 100%" in told
    assert "of 15" in told
    assert _actions() == []


def test_keys_say_how_they_stand_and_that_nobody_changed_them(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    forget_keyring()
    keyring()
    sql.run("DELETE FROM vault.data_key")
    rotate_kek(now=NOON, actor=SYSTEM)

    assert _run(keys, "status") == 0
    assert "version 2 of 2026-11-26" in capsys.readouterr().out
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=11))
    assert _run(keys, "status") == keys.STALE
    forget_keyring()


def test_a_seal_that_was_mailed_is_held_against_the_tables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_chain(seals=2, deeds=2)
    seal = find_last_seal()
    assert seal is not None
    digest = digest_of(seal).hex()

    assert _run(audit, "compare", "2", digest) == 0
    assert _run(audit, "compare", "2", "00" * 32) == 1
    assert "not the one" in capsys.readouterr().err
    assert _run(audit, "compare", "3", digest) == 1
    assert "cut short" in capsys.readouterr().err
