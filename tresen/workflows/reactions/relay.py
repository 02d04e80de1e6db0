"""Spreads waiting facts: claimed in a batch, one job for each listener, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tresen.foundation.jobs import Lane, NewJob, defer
from tresen.foundation.journal import deliveries
from tresen.foundation.journal.deliveries import Batches
from tresen.workflows.reactions.manners import Outside, name_of
from tresen.workflows.reactions.table import LISTENERS

HEAR = "hear"
"""The task that hears deliveries; entrypoints.schedule.jobs holds its body."""
FACTS_MAX = 200
OVERDUE = timedelta(minutes=5)
OVERDUE_MAX = 1_000


@transaction.atomic
def spread(*, now: datetime) -> int:
    """Tell one batch of facts to the job library; says how many facts there were."""
    ears = [
        (kind.__name__, name_of(listener))
        for kind, listeners in LISTENERS.items()
        for listener in listeners
    ]
    facts, batches = deliveries.spread(ears=ears, now=now, limit=FACTS_MAX)
    defer_hearing(batches)
    return facts


@transaction.atomic
def find_overdue(*, now: datetime) -> int:
    """A backstop: whatever became of its job, a delivery that is overdue gets another one."""
    batches = deliveries.take_overdue(overdue=OVERDUE, now=now, limit=OVERDUE_MAX)
    defer_hearing(batches)
    return sum(map(len, batches.values()))


@transaction.atomic
def revive(*, delivery_id: int, now: datetime) -> bool:
    """Give a dead delivery another life; False where there is no such dead one."""
    listener = deliveries.revive_dead(delivery_id, now=now)
    if listener is None:
        return False
    defer_hearing({listener: [delivery_id]})
    return True


def defer_hearing(
    batches: Batches, *, due_at: datetime | None = None, size: int = FACTS_MAX
) -> None:
    """One job for each listener and batch."""
    outside = _outside_names()
    defer(
        [
            NewJob(
                task=HEAR,
                lane=Lane.OUTSIDE if listener in outside else Lane.INSIDE,
                arguments={"listener": listener, "deliveries": some},
                due_at=due_at,
            )
            for listener, ids in batches.items()
            for some in _parts(ids, size=size)
        ]
    )


def _outside_names() -> set[str]:
    return {
        name_of(listener)
        for listeners in LISTENERS.values()
        for listener in listeners
        if isinstance(listener, Outside)
    }


def _parts(ids: Sequence[int], *, size: int) -> list[list[int]]:
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]
