"""The register of incidents. Inside the caller's transaction, which records the deed as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from tresen.domains.security.models import IncidentCase, IncidentPerson, IncidentStep
from tresen.domains.security.queries.incidents import TEXT, WORDS, NoSuchIncident
from tresen.domains.security.types.incidents import Affected, Facts, IncidentWords, StepKind
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal, seal_json

_ALONE = "SELECT pg_advisory_xact_lock(hashtext('security_incident'))"


class IncidentClosed(Refusal):
    """A closed incident is a document."""

    code = "incident_closed"
    status = 409
    message = "This incident is closed. Please open a new one and refer to it."


@transaction.atomic
def open_incident(*, facts: Facts, words: IncidentWords, now: datetime, actor: Actor) -> UUID:
    """A new entry with the next number; the clocks run from `facts.aware_at`."""
    sql.run(_ALONE)
    last = IncidentCase.objects.aggregate(last=Max("number"))["last"] or 0
    incident_id = new_id()
    IncidentCase.objects.create(
        id=incident_id,
        number=last + 1,
        words=_sealed_words(words, incident_id=incident_id, now=now),
        opened_at=now,
        **_columns(facts),
    )
    _add(incident_id, StepKind.OPENED, text="", now=now, actor=actor)
    return incident_id


@transaction.atomic
def change_incident(
    *, incident_id: UUID, facts: Facts, words: IncidentWords, now: datetime, actor: Actor
) -> None:
    """What is known by now. Raises NoSuchIncident, IncidentClosed."""
    case = _held(incident_id)
    IncidentCase.objects.filter(id=case.id).update(
        words=_sealed_words(words, incident_id=incident_id, now=now), **_columns(facts)
    )
    _add(incident_id, StepKind.CHANGED, text="", now=now, actor=actor)


@transaction.atomic
def note_step(*, incident_id: UUID, kind: StepKind, text: str, now: datetime, actor: Actor) -> None:
    """Something was done about it. Raises NoSuchIncident, IncidentClosed."""
    _held(incident_id)
    _add(incident_id, kind, text=text, now=now, actor=actor)
    if kind is StepKind.CLOSED:
        IncidentCase.objects.filter(id=incident_id).update(closed_at=now)


@transaction.atomic
def pin_affected(
    *, incident_id: UUID, affected: Sequence[Affected], text: str, now: datetime, actor: Actor
) -> int:
    """Whom it touches, added to those who are pinned already; how many are new.

    `text` says by which question they were found. Raises NoSuchIncident, IncidentClosed.
    """
    _held(incident_id)
    before = IncidentPerson.objects.filter(incident_id=incident_id).count()
    IncidentPerson.objects.bulk_create(
        [
            IncidentPerson(
                incident_id=incident_id,
                person_id=row.person_id,
                deeds=row.deeds,
                first_at=row.first_at,
                last_at=row.last_at,
                fields=list(row.fields),
            )
            for row in affected
        ],
        update_conflicts=True,
        update_fields=["deeds", "first_at", "last_at", "fields"],
        unique_fields=["incident", "person_id"],
        batch_size=1_000,
    )
    _add(incident_id, StepKind.PINNED, text=text, now=now, actor=actor)
    return IncidentPerson.objects.filter(incident_id=incident_id).count() - before


def _held(incident_id: UUID) -> IncidentCase:
    case = IncidentCase.objects.select_for_update().filter(id=incident_id).first()
    if case is None:
        raise NoSuchIncident(field="incident")
    if case.closed_at is not None:
        raise IncidentClosed(field="incident")
    return case


def _add(incident_id: UUID, kind: StepKind, *, text: str, now: datetime, actor: Actor) -> None:
    step_id = new_id()
    sealed = None
    if text:
        period = KeyClass.SECURITY.of(now)
        key = keys_for(HOUSE, period)[period]
        sealed = seal(text.encode(), key=key, place=TEXT, row=step_id)
    IncidentStep.objects.create(
        id=step_id, incident_id=incident_id, kind=kind, at=now, actor=str(actor), text=sealed
    )


def _sealed_words(words: IncidentWords, *, incident_id: UUID, now: datetime) -> bytes:
    period = KeyClass.SECURITY.of(now)
    key = keys_for(HOUSE, period)[period]
    return seal_json(asdict(words), key=key, place=WORDS, row=incident_id)


def _columns(facts: Facts) -> dict[str, object]:
    return {
        "aware_at": facts.aware_at,
        "risk": facts.risk,
        "software": facts.software,
        "categories": list(facts.categories),
        "persons": facts.persons,
        "records": facts.records,
    }
