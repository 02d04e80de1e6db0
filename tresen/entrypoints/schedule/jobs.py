"""The bodies of the jobs: where the job library knocks, the clock is read and a workflow called."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from tresen.entrypoints.schedule.table import LINES, Line
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.jobs import Lane
from tresen.foundation.vault.closing import opened_vault
from tresen.workflows.guarding.rotate_everything import ROTATE, rotate_all_keys
from tresen.workflows.reactions.deliver import hear, hear_apart
from tresen.workflows.reactions.relay import HEAR

STALLED_SECONDS = 15.0
"""A worker that has not shown itself for so long is dead, and its jobs are up for another."""
RESCUE_CRON = "* * * * * */10"
RUNS_MAX = 3
"""How many workers a job may take with it."""
TURN_SECONDS_MAX = 60.0
"""A job that has told deliveries for so long hands the rest to another one."""
STOPPING = "stopping"
"""Under this name a job finds the function that says whether the worker is about to stop."""

log = structlog.get_logger(__name__)


@app.task(name=HEAR, queue=Lane.INSIDE, pass_context=True)
def hear_deliveries(context: JobContext, *, listener: str, deliveries: list[int]) -> None:
    """Tell a batch to its listener; after a worker died over it, each delivery apart."""
    if context.job.attempts:
        hear_apart(listener=listener, delivery_ids=deliveries, now=clock.now())
        return
    asked = cast("Callable[[], bool]", context.additional_context.get(STOPPING, lambda: False))
    end = time.monotonic() + TURN_SECONDS_MAX
    with opened_vault():
        hear(
            listener=listener,
            delivery_ids=deliveries,
            clock=clock.now,
            stop=lambda: asked() or time.monotonic() > end,
        )


@app.task(name=ROTATE, queue=Lane.INSIDE)
def change_keys(*, actor_kind: str, actor_id: str, end_links: str) -> None:
    """The freeze asked for it. Said again after a worker died: what was changed changes again."""
    with opened_vault():
        rotate_all_keys(
            now=clock.now(),
            actor=Actor(actor_kind, UUID(actor_id) if actor_id else None),
            end_links=bool(end_links),
            say=lambda what, count: log.info("keys_changing", what=what, count=count),
        )


@app.periodic(cron=RESCUE_CRON)
@app.task(name="rescue_stalled_jobs", queue=Lane.INSIDE, pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Jobs whose worker died go back into the queue, up to RUNS_MAX times."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        with contextlib.suppress(ConnectorException):  # another worker was faster
            if job.attempts + 1 < RUNS_MAX:
                await manager.retry_job(job)
            else:
                await manager.finish_job(job, status=Status.FAILED, delete_job=False)
            log.warning("job_rescued", task=job.task_name, attempts=job.attempts + 1)


def _body(line: Line) -> Callable[..., None]:
    def run(timestamp: int) -> None:
        with opened_vault():
            done = line.run(clock.now())
        log.info("schedule_ran", line=line.name, slot=timestamp, done=done)

    return run


def _register(line: Line) -> None:
    task: Any = app.task(name=f"schedule.{line.name}", queue=line.lane)(_body(line))
    app.periodic(cron=line.cron, periodic_id=line.name)(task)


for _line in LINES:
    _register(_line)
