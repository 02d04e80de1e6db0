"""S22: who was affected by a stolen cookie is found within minutes, everybody and nobody else."""

from __future__ import annotations

import pytest

from tresen.domains.security.queries import deeds
from tresen.domains.security.queries.freezing import get_freeze
from tresen.domains.security.queries.incidents import list_incidents
from tresen.domains.security.tests.make import NOON
from tresen.foundation import sql
from tresen.workflows.guarding import exercise_breach as exercise

pytestmark = pytest.mark.django_db


def test_everybody_is_found_in_time_and_nothing_stays() -> None:
    report = exercise.exercise_breach(now=NOON, seed=1, people=300)

    assert (report.recall, report.missed, report.wrongly) == (1.0, 0, 0)
    assert report.stolen > 100
    assert report.minutes <= exercise.MINUTES_MAX
    assert report.is_passed
    assert report.hours_left == 72
    assert sql.rows("SELECT count(*) FROM audit_deed") == [(0,)]
    assert (list_incidents(), get_freeze().on) == ([], False)


def test_without_reads_in_the_audit_the_exercise_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the audit knows of changes only."""
    monkeypatch.setattr(exercise, "record_read", lambda **_: None)

    report = exercise.exercise_breach(now=NOON, seed=1, people=300)

    assert report.missed > 100
    assert not report.is_passed


def test_a_question_that_is_too_wide_names_people_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: by time alone, colleagues' work is counted as the thief's."""
    wide = deeds.Scope(since=NOON.replace(hour=1))
    monkeypatch.setattr(exercise, "Scope", lambda **_: wide)

    assert exercise.exercise_breach(now=NOON, seed=1, people=3_000).wrongly > 0
