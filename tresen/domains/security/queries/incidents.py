"""The register: incidents with their story, and whom they touch."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tresen.domains.security.models import IncidentCase, IncidentPerson, IncidentStep
from tresen.domains.security.types.incidents import (
    Affected,
    Category,
    Facts,
    Incident,
    IncidentWords,
    Risk,
    Software,
    Step,
    StepKind,
)
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import CannotOpen, prefetch, unseal, unseal_json

INCIDENTS_MAX = 200
PERSONS_MAX = 10_000
WORDS = "security_incident.words"
TEXT = "security_incident_step.text"
GONE = "***"


class NoSuchIncident(Refusal):
    """There is no incident of that id."""

    code = "no_such_incident"
    status = 404
    message = "There is no such incident."


def get_incident(incident_id: UUID) -> Incident:
    """With its story, oldest first. Raises NoSuchIncident."""
    case = IncidentCase.objects.filter(id=incident_id).first()
    if case is None:
        raise NoSuchIncident(field="incident")
    return _rows([case])[0]


def find_numbered(number: int) -> Incident | None:
    """By the number that people call it by."""
    found = _rows(list(IncidentCase.objects.filter(number=number)))
    return found[0] if found else None


def list_incidents(*, only_open: bool = False, limit: int = INCIDENTS_MAX) -> list[Incident]:
    """Newest first, open ones before closed ones."""
    cases = IncidentCase.objects.order_by("-closed_at", "-number")
    if only_open:
        cases = cases.filter(closed_at=None)
    return _rows(list(cases[:limit]))


def list_pinned(incident_id: UUID, *, limit: int = PERSONS_MAX) -> list[Affected]:
    """Whom it touches, last touched first."""
    found = IncidentPerson.objects.filter(incident_id=incident_id).order_by("-last_at", "person_id")
    return [
        Affected(
            person_id=row.person_id,
            deeds=row.deeds,
            first_at=row.first_at,
            last_at=row.last_at,
            fields=tuple(row.fields),
        )
        for row in found[:limit]
    ]


def _rows(cases: Sequence[IncidentCase]) -> list[Incident]:
    ids = [case.id for case in cases]
    steps = list(IncidentStep.objects.filter(incident_id__in=ids).order_by("at", "id"))
    prefetch([*(case.words for case in cases), *(step.text for step in steps)])
    pinned: dict[UUID, int] = {}
    for incident_id in IncidentPerson.objects.filter(incident_id__in=ids).values_list(
        "incident_id", flat=True
    ):
        pinned[incident_id] = pinned.get(incident_id, 0) + 1
    return [
        _incident(
            case,
            steps=[step for step in steps if step.incident_id == case.id],
            pinned=pinned.get(case.id, 0),
        )
        for case in cases
    ]


def _incident(case: IncidentCase, *, steps: Sequence[IncidentStep], pinned: int) -> Incident:
    return Incident(
        id=case.id,
        number=case.number,
        facts=Facts(
            aware_at=case.aware_at,
            risk=Risk(case.risk),
            software=Software(case.software),
            categories=tuple(Category(category) for category in case.categories),
            persons=case.persons,
            records=case.records,
        ),
        words=_words(case),
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        pinned=pinned,
        steps=tuple(
            Step(kind=StepKind(step.kind), at=step.at, actor=step.actor, text=_text(step))
            for step in steps
        ),
    )


def _words(case: IncidentCase) -> IncidentWords:
    try:
        found = unseal_json(bytes(case.words), place=WORDS, row=case.id)
    except CannotOpen:
        return IncidentWords(title=GONE)
    assert isinstance(found, dict)
    return IncidentWords(**found)


def _text(step: IncidentStep) -> str:
    if step.text is None:
        return ""
    try:
        return unseal(bytes(step.text), place=TEXT, row=step.id).decode()
    except CannotOpen:
        return GONE
