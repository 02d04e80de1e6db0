"""Retention: how long each class of records is kept, from when on, and on which ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Unit(StrEnum):
    """In what a period is counted."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


class Start(StrEnum):
    """From when on: the end of the calendar year, or the event itself."""

    YEAR_END = "year_end"
    EVENT = "event"


class AtEnd(StrEnum):
    """What happens then: the row goes, or its personal parts become unreadable."""

    DELETE = "delete"
    SHRED = "shred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A rule that holds from a day on, in one country. `law` names it for letters and screens."""

    retention: str
    country: str
    valid_from: date
    valid_to: date | None
    count: int
    unit: Unit
    start: Start
    law: str
    statutory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUntil:
    """The last day and the law it follows from. `statutory`: kept even against an erasure."""

    day: date
    law: str
    statutory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """A legal hold: what it covers must not be deleted before somebody lifts it."""

    id: UUID
    person_id: UUID | None
    retention: str
    place: str
    reason: str
    placed_by: str
    placed_at: datetime
    review_on: date
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One class in a run: how many rows were due, removed, and kept back by holds."""

    retention: str
    table: str
    due: int
    removed: int
    held: int
    oldest_on: date | None
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run of the retention engine."""

    id: UUID
    ran_at: datetime
    dry: bool
    actor: str
    findings: tuple[Finding, ...]
