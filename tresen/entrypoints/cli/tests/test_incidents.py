"""The register of breaches and the audit's questions, at the terminal."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from django.db import transaction
from django.utils import translation

from tresen.domains.security.queries.incidents import list_incidents
from tresen.domains.security.types.incidents import Category, Risk, StepKind
from tresen.entrypoints.cli import audit, incidents
from tresen.entrypoints.cli.audit_asking import QuestionUnclear
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import new_id
from tresen.operations.machine.trouble import Trouble
from tresen.workflows.buying.tests.make import NOON, small_shop

pytestmark = pytest.mark.django_db
PEOPLE = [new_id(), new_id()]


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    small_shop()
    with transaction.atomic():
        deed = Deed(action="order.view", actor=SYSTEM, object_kind="order", persons=PEOPLE)
        record(deed, now=NOON)


def say(verb: ModuleType, *words: str) -> int:
    parser = ArgumentParser()
    verb.declare(parser)
    with translation.override("en"):
        return int(verb.act(parser.parse_args(list(words))))


def opened(**more: str) -> None:
    typed = [part for name, text in more.items() for part in (f"--{name}", text)]
    say(incidents, "open", "--title", "Laptop lost", *typed)


def test_an_incident_is_written_down_and_its_clock_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    aware = (NOON - timedelta(hours=10)).isoformat()
    opened(aware=aware, risk="high", data="contact", persons="12")

    (incident,) = list_incidents()
    assert incident.facts.aware_at == NOON - timedelta(hours=10)
    assert (incident.facts.risk, incident.facts.persons) == (Risk.HIGH, 12)
    assert incident.facts.categories == (Category.CONTACT,)
    assert say(incidents, "list") == 0
    assert "62 hours left" in capsys.readouterr().out


def test_an_overdue_clock_is_told_by_the_exit_code_until_the_authority_knows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened(aware=(NOON - timedelta(hours=73)).isoformat())
    assert say(incidents, "list") == incidents.OVERDUE
    assert "overdue" in capsys.readouterr().out

    say(incidents, "step", "1", "authority_told", "--text", "AZ 4711")

    assert say(incidents, "list") == 0
    (incident,) = list_incidents()
    assert incident.first(StepKind.AUTHORITY_TOLD) == NOON


def test_people_are_pinned_and_the_notices_are_drafted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened()
    say(incidents, "change", "1", "--what", "A laptop was stolen", "--measures", "Keys changed")
    say(incidents, "pin", "1", "action:order.view")
    capsys.readouterr()

    say(incidents, "notice", "1")
    authority = capsys.readouterr().out
    say(incidents, "notice", "1", "--people", "de")
    letter = capsys.readouterr().out
    say(incidents, "show", "1")

    assert "Nature of the breach: A laptop was stolen" in authority
    assert "Number of people, about: 2" in authority
    assert "Was ist geschehen" in letter or "A laptop was stolen" in letter
    assert "Affected people pinned" in capsys.readouterr().out
    assert list_incidents()[0].words.measures == "Keys changed"


def test_what_cannot_be_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(incidents.TimeUnclear):
        opened(aware=(NOON + timedelta(hours=1)).isoformat())
    with pytest.raises(incidents.TimeUnclear):
        opened(aware="gestern")
    with pytest.raises(incidents.NoSuchNumber):
        say(incidents, "step", "7", "note")
    assert list_incidents() == []


def test_the_audit_says_who_did_what_and_whom_it_touched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    say(audit, "search", "action:order.view")
    assert "2026-11-23 11:00:00  the system  Order looked at" in capsys.readouterr().out

    say(audit, "affected", "action:order.view")
    told = capsys.readouterr()
    assert all(str(person) in told.out for person in PEOPLE)
    assert "2 people, deeds: 1" in told.err

    file = tmp_path / "who.csv"
    file.touch(mode=0o644)
    say(audit, "affected", "action:order.view", "--csv", str(file))
    with file.open(encoding="utf-8") as rows:
        assert {row["person"] for row in csv.DictReader(rows)} == {*map(str, PEOPLE)}
    assert file.stat().st_mode & 0o077 == 0
    asked = sql.rows("SELECT action FROM audit_deed WHERE action LIKE 'affected.%%' ORDER BY 1")
    assert asked == [("affected.export",), ("affected.list",)]


def test_a_question_that_means_nothing_names_the_remedy() -> None:
    with pytest.raises(QuestionUnclear, match="Search for an e-mail address"):
        say(audit, "search", "irgendwas")
    with pytest.raises(QuestionUnclear):
        say(audit, "affected")


def test_a_file_in_no_folder_is_refused_before_anybody_is_looked_up(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no folder"):
        say(audit, "affected", "action:order.view", "--csv", str(tmp_path / "no" / "who.csv"))
    assert sql.rows("SELECT 1 FROM audit_deed WHERE action LIKE 'affected.%%'") == []


@pytest.mark.parametrize("words", [("--persons", "-5"), ("--records", "many")])
def test_a_number_that_is_none_is_told_and_nothing_is_written(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        say(incidents, "open", "--title", "Laptop", *words)
    assert words[1] in capsys.readouterr().err
    assert list_incidents() == []
