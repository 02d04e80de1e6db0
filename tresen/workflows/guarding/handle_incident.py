"""An incident is opened, understood, told and closed; each step is a deed as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.security.commands import (
    change_incident,
    note_step,
    open_incident,
    pin_affected,
)
from tresen.domains.security.queries.deeds import Scope, list_affected
from tresen.domains.security.queries.incidents import get_incident, list_pinned
from tresen.domains.security.types.incidents import Facts, IncidentWords, StepKind
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.guarding.breach_letters import Written, queue_breach_letters


@transaction.atomic
def report_incident(*, facts: Facts, words: IncidentWords, now: datetime, actor: Actor) -> UUID:
    """The clocks run from when we became aware, not from now."""
    incident_id = open_incident(facts=facts, words=words, now=now, actor=actor)
    _record("incident.open", incident_id, after=asdict(facts), now=now, actor=actor)
    return incident_id


@transaction.atomic
def correct_incident(
    *, incident_id: UUID, facts: Facts, words: IncidentWords, now: datetime, actor: Actor
) -> None:
    """What is known by now. Raises NoSuchIncident, IncidentClosed."""
    before = get_incident(incident_id)
    change_incident(incident_id=incident_id, facts=facts, words=words, now=now, actor=actor)
    _record(
        "incident.change",
        incident_id,
        before=asdict(before.facts) | asdict(before.words),
        after=asdict(facts) | asdict(words),
        now=now,
        actor=actor,
    )


@transaction.atomic
def take_step(*, incident_id: UUID, kind: StepKind, text: str, now: datetime, actor: Actor) -> None:
    """Something was done; telling somebody stops their clock. Raises as `note_step` does."""
    note_step(incident_id=incident_id, kind=kind, text=text, now=now, actor=actor)
    _record("incident.step", incident_id, after={"kind": kind}, now=now, actor=actor)


@transaction.atomic
def pin_people(
    *, incident_id: UUID, scope: Scope, text: str, now: datetime, actor: Actor
) -> tuple[int, int]:
    """Whom the deeds of the scope touch; how many, and how many of them are new."""
    affected = list_affected(scope)
    new = pin_affected(incident_id=incident_id, affected=affected, text=text, now=now, actor=actor)
    persons = [row.person_id for row in affected]
    _record("incident.pin", incident_id, persons=persons, now=now, actor=actor)
    return len(affected), new


@transaction.atomic
def tell_people(*, incident_id: UUID, channel_code: str, now: datetime, actor: Actor) -> Written:
    """A letter to everybody who is pinned; who cannot be reached is noted as a step."""
    incident = get_incident(incident_id)
    persons = [row.person_id for row in list_pinned(incident_id)]
    written = queue_breach_letters(
        incident=incident, person_ids=persons, channel_code=channel_code, now=now
    )
    text = f"{written.queued} / {len(persons)}"
    note_step(incident_id=incident_id, kind=StepKind.PERSONS_TOLD, text=text, now=now, actor=actor)
    _record("incident.letters", incident_id, persons=persons, now=now, actor=actor)
    return written


def _record(
    action: str,
    incident_id: UUID,
    *,
    now: datetime,
    actor: Actor,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    persons: Sequence[UUID] = (),
) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="incident",
        object_id=str(incident_id),
        persons=persons,
        before=before,
        after=after,
    )
    record(deed, now=now)
