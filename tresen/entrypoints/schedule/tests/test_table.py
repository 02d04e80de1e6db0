"""The timetable: each line can be read, has its job, and runs on an empty shop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app

from tresen.entrypoints.schedule import jobs, table
from tresen.entrypoints.schedule.table import LINES, Line
from tresen.foundation import sql
from tresen.foundation.idempotency.keys import claim
from tresen.foundation.jobs import Lane
from tresen.workflows.reactions.relay import HEAR

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
FIVE_FIELDS = 5


def by_name(line: Line) -> str:
    return line.name


def test_no_two_lines_share_a_name() -> None:
    names = [line.name for line in LINES]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("line", LINES, ids=by_name)
def test_a_line_is_a_periodic_job_in_its_lane(line: Line) -> None:
    periodic = app.periodic_registry.periodic_tasks[(f"schedule.{line.name}", line.name)]

    assert periodic.croniter.get_next(ret_type=float) > 0
    assert len(line.cron.split()) in {FIVE_FIELDS, FIVE_FIELDS + 1}  # seconds may be the sixth
    assert (periodic.cron, periodic.task.queue) == (line.cron, line.lane)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("line", LINES, ids=by_name)
def test_a_line_runs_on_an_empty_shop(line: Line) -> None:
    app.tasks[f"schedule.{line.name}"].func(timestamp=0)


def test_the_library_knows_the_body_of_what_the_relay_defers() -> None:
    assert app.tasks[HEAR].queue == Lane.INSIDE
    rescue = app.periodic_registry.periodic_tasks[("rescue_stalled_jobs", "")]
    assert rescue.cron == jobs.RESCUE_CRON
    assert rescue.croniter.get_next(ret_type=float) > 0


@pytest.mark.django_db
def test_old_idempotency_keys_are_forgotten_and_young_ones_kept() -> None:
    for key, age in (("old", timedelta(days=30, seconds=1)), ("young", timedelta(days=30))):
        claim(scope="test", key=key, fingerprint=b"", now=NOON - age)
    (line,) = [line for line in LINES if line.name == "forget_idempotency_keys"]

    done = line.run(NOON)

    assert done == 1
    assert sql.rows("SELECT key FROM idempotency_used_key") == [("young",)]
    assert timedelta(days=30) == table.KEYS_KEPT
