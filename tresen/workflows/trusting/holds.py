"""Legal holds are placed and lifted, and the audit says by whom."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy.commands import lift_hold, place_hold
from tresen.domains.privacy.types.retention import HoldRow
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record


@transaction.atomic
def set_hold(
    *,
    person_id: UUID | None,
    retention: str,
    place: str,
    reason: str,
    review_on: date,
    now: datetime,
    actor: Actor,
) -> HoldRow:
    """Raises HoldWithoutReason."""
    hold = place_hold(
        person_id=person_id,
        retention=retention,
        place=place,
        reason=reason,
        review_on=review_on,
        now=now,
        actor=actor,
    )
    _record("hold.place", hold, actor=actor, now=now)
    return hold


@transaction.atomic
def end_hold(*, hold_id: UUID, reason: str, now: datetime, actor: Actor) -> HoldRow:
    """Raises NoSuchHold, HoldWithoutReason."""
    hold = lift_hold(hold_id=hold_id, reason=reason, now=now, actor=actor)
    _record("hold.lift", hold, actor=actor, now=now)
    return hold


def _record(action: str, hold: HoldRow, *, actor: Actor, now: datetime) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="hold",
        object_id=str(hold.id),
        persons=(hold.person_id,) if hold.person_id else (),
        after={"retention": hold.retention},
    )
    record(deed, now=now)
