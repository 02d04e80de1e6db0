"""Reads about what is kept back, and about runs of the retention engine."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from tresen.domains.privacy import models
from tresen.domains.privacy.types.retention import Finding, HoldRow, RunRow

HOLDS_MAX = 1_000
RUNS_MAX = 100


def list_holds(*, only_open: bool = True, limit: int = HOLDS_MAX) -> list[HoldRow]:
    """Legal holds, the next to be looked at first."""
    found = models.Hold.objects.filter(lifted_at=None) if only_open else models.Hold.objects.all()
    return [hold_row(hold) for hold in found.order_by("review_on", "id")[:limit]]


def holds_on(person_id: UUID) -> list[HoldRow]:
    """The holds in force that cover a person."""
    found = models.Hold.objects.filter(lifted_at=None, person_id=person_id)
    return [hold_row(hold) for hold in found.order_by("placed_at")[:HOLDS_MAX]]


def held(retention: str) -> tuple[bool, Sequence[UUID]]:
    """Whether a class is held as a whole, and else the persons whose records of it are held."""
    found = models.Hold.objects.filter(Q(retention=retention) | Q(retention=""), lifted_at=None)
    persons: list[UUID] = []
    for person_id in found.values_list("person_id", flat=True)[:HOLDS_MAX]:
        if person_id is None:
            return True, ()
        persons.append(person_id)
    return False, persons


def list_runs(*, limit: int = 20) -> list[RunRow]:
    """The last runs, newest first, in two statements."""
    assert 0 < limit <= RUNS_MAX
    found = models.Run.objects.prefetch_related("findings").order_by("-ran_at", "-id")[:limit]
    return [_run_row(run) for run in found]


def last_run(*, dry: bool) -> RunRow | None:
    """The newest one of its kind."""
    found = models.Run.objects.filter(dry=dry).order_by("-ran_at", "-id").first()
    return None if found is None else _run_row(found)


def hold_row(hold: models.Hold) -> HoldRow:
    return HoldRow(
        id=hold.id,
        person_id=hold.person_id,
        retention=hold.retention,
        place=hold.place,
        reason=hold.reason,
        placed_by=hold.placed_by,
        placed_at=hold.placed_at,
        review_on=hold.review_on,
        lifted_at=hold.lifted_at,
    )


def _run_row(run: models.Run) -> RunRow:
    return RunRow(
        id=run.id,
        ran_at=run.ran_at,
        dry=run.dry,
        actor=run.actor,
        findings=tuple(
            Finding(
                retention=one.retention,
                table=one.table,
                due=one.due,
                removed=one.removed,
                held=one.held,
                oldest_on=one.oldest_on,
                law=one.law,
            )
            for one in sorted(run.findings.all(), key=lambda one: (one.retention, one.table))
        ),
    )
