"""Writes about legal holds and runs of the retention engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy import models
from tresen.domains.privacy.queries.retention import hold_row
from tresen.domains.privacy.types.retention import Finding, HoldRow
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal


class NoSuchHold(Refusal):
    """It was lifted before, or never placed."""

    code = "no_such_hold"
    status = 404
    message = "There is no such hold, or it was lifted before."


class HoldWithoutReason(Refusal):
    """A hold keeps data longer than the law asks for: it needs a reason and a place."""

    code = "hold_without_reason"
    message = "Say where the hold comes from and why, and which person or class it covers."


@transaction.atomic
def place_hold(
    *,
    person_id: UUID | None,
    retention: str,
    place: str,
    reason: str,
    review_on: date,
    now: datetime,
    actor: Actor,
) -> HoldRow:
    """Nothing that it covers is deleted from now on. `place` is a file number or a court."""
    if not place.strip() or not reason.strip() or (person_id is None and not retention):
        raise HoldWithoutReason(field="reason")
    hold = models.Hold.objects.create(
        person_id=person_id,
        retention=retention,
        place=place.strip(),
        reason=reason.strip(),
        review_on=review_on,
        placed_by=str(actor),
        placed_at=now,
    )
    return hold_row(hold)


@transaction.atomic
def lift_hold(*, hold_id: UUID, reason: str, now: datetime, actor: Actor) -> HoldRow:
    """What it covered is deleted by the next run. Raises NoSuchHold, HoldWithoutReason."""
    if not reason.strip():
        raise HoldWithoutReason(field="reason")
    hold = models.Hold.objects.select_for_update().filter(id=hold_id, lifted_at=None).first()
    if hold is None:
        raise NoSuchHold(field="hold")
    hold.lifted_at, hold.lifted_by, hold.lift_reason = now, str(actor), reason.strip()
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    return hold_row(hold)


@transaction.atomic
def note_run(*, findings: Sequence[Finding], dry: bool, now: datetime, actor: Actor) -> UUID:
    """Keep what a run found and did."""
    run = models.Run.objects.create(ran_at=now, dry=dry, actor=str(actor))
    models.Finding.objects.bulk_create(
        models.Finding(
            run=run,
            retention=one.retention,
            table=one.table,
            due=one.due,
            removed=one.removed,
            held=one.held,
            oldest_on=one.oldest_on,
            law=one.law,
        )
        for one in findings
    )
    return run.id
