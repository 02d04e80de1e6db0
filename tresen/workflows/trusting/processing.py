"""The record of processing (Art. 30 GDPR), from the registry and the services that are enabled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from tresen.domains.privacy.queries.processors import list_processors
from tresen.domains.privacy.rules.retention import NoPeriod, period_of
from tresen.domains.privacy.types.processors import Processor
from tresen.domains.privacy.types.retention import Period
from tresen.foundation.vault.personal import PersonalColumn, Shape, personal_columns
from tresen.workflows.trusting.copies import controller
from tresen.workflows.trusting.place import responsible_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is done for one purpose: whose data, which, on which grounds, for whom, how long."""

    purpose: str
    subjects: tuple[str, ...]
    data: tuple[str, ...]
    bases: tuple[str, ...]
    recipients: tuple[str, ...]
    tables: tuple[str, ...]
    periods: tuple[tuple[str, Period | None], ...]
    encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingRecord:
    """The whole record on a day."""

    made_on: date
    controller: Mapping[str, str]
    storage: str
    activities: Sequence[Activity]
    processors: Sequence[Processor]


def processing_record(*, now: datetime) -> ProcessingRecord:
    """As the house is configured at this moment, in the language that is active."""
    place = responsible_place()
    today = place.day_of(now)
    return ProcessingRecord(
        made_on=today,
        controller=controller(),
        storage=settings.SERVER_LOCATION,
        activities=_activities(country=place.country, today=today),
        processors=list_processors(only_enabled=True),
    )


def _activities(*, country: str, today: date) -> list[Activity]:
    by_purpose: dict[str, list[PersonalColumn]] = {}
    for column in personal_columns():
        for purpose in column.purposes:
            by_purpose.setdefault(str(purpose), []).append(column)
    return [
        _activity(purpose, columns, country=country, today=today)
        for purpose, columns in sorted(by_purpose.items())
    ]


def _activity(
    purpose: str, columns: Sequence[PersonalColumn], *, country: str, today: date
) -> Activity:
    retentions = sorted({column.retention.value for column in columns})
    return Activity(
        purpose=purpose,
        subjects=_each(column.subject.value for column in columns),
        data=_each(str(column.label) for column in columns),
        bases=_each(column.basis.value for column in columns),
        recipients=_each(one.value for column in columns for one in column.recipients),
        tables=_each(column.table for column in columns),
        periods=tuple((name, _period(name, country=country, today=today)) for name in retentions),
        encrypted=all(column.shape is not Shape.PLAIN for column in columns),
    )


def _period(retention: str, *, country: str, today: date) -> Period | None:
    """None where it ends with what it belongs to (secrets of the shop itself)."""
    try:
        return period_of(retention, country=country, today=today)
    except NoPeriod:
        return None


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
