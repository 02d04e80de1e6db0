"""Work handed to the job library in the caller's transaction: kept if, and only if, that is kept.

A lane keeps its own workers, so that a slow mail server never holds up what stays in the house.
Job arguments are ids and plain values: they are written to logs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

_MANAGER = JobManager(DjangoConnector())
"""On Django's connection even inside the worker, whose own connections are elsewhere."""


class Lane(StrEnum):
    """Inside: our database only. Outside: waits for other people's machines."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """One call of a named task, now or not before `due_at`."""

    task: str
    lane: Lane
    arguments: Mapping[str, str | Sequence[int]]
    due_at: datetime | None = None


def defer(jobs: Sequence[NewJob]) -> None:
    """Hand them all over in one statement."""
    if jobs:
        _MANAGER.batch_defer_jobs([_job(job) for job in jobs])


def _job(job: NewJob) -> Job:
    return Job(
        queue=job.lane,
        lock=None,
        queueing_lock=None,
        task_name=job.task,
        task_kwargs={
            name: value if isinstance(value, str) else list(value)
            for name, value in job.arguments.items()
        },
        scheduled_at=job.due_at,
    )
