"""Incidents: what happened, whom it touches, which clocks run, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Risk(StrEnum):
    """For the people concerned; decides who is to be told (Art. 33, 34 GDPR)."""

    NONE = "none"
    SOME = "some"
    HIGH = "high"


class Software(StrEnum):
    """What Art. 14 of the Cyber Resilience Act asks of whoever sells or runs the software."""

    NOT_CONCERNED = ""
    VULNERABILITY = "vulnerability"
    INCIDENT = "incident"


class Category(StrEnum):
    """Kinds of data that a notice to the authority names."""

    CONTACT = "contact"
    ADDRESS = "address"
    ORDERS = "orders"
    PAYMENT = "payment"
    SIGN_IN = "sign_in"
    MESSAGES = "messages"
    STAFF = "staff"


class StepKind(StrEnum):
    """What happened to an incident; the four in the middle stop a clock."""

    OPENED = "opened"
    CHANGED = "changed"
    PINNED = "pinned"
    FIXED = "fixed"
    AUTHORITY_TOLD = "authority_told"
    CRA_WARNED = "cra_warned"
    CRA_NOTIFIED = "cra_notified"
    CRA_REPORTED = "cra_reported"
    PERSONS_TOLD = "persons_told"
    NOTE = "note"
    CLOSED = "closed"


class ClockKind(StrEnum):
    """Whom to tell, and how."""

    AUTHORITY = "authority"
    CRA_WARNING = "cra_warning"
    CRA_NOTICE = "cra_notice"
    CRA_REPORT = "cra_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Until when somebody is to be told; `due_at` is None while nothing starts it yet."""

    kind: ClockKind
    due_at: datetime | None
    met_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Past due, and not met or met too late."""
        return self.due_at is not None and (self.met_at or now) > self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWords:
    """What the notices say, sealed: free text may name people."""

    title: str
    what: str = ""
    consequences: str = ""
    measures: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an incident so far; numbers are approximate, as the law allows."""

    aware_at: datetime
    risk: Risk = Risk.SOME
    software: Software = Software.NOT_CONCERNED
    categories: tuple[Category, ...] = ()
    persons: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an incident's story. `text` is opened for whoever looks at it."""

    kind: StepKind
    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One entry of the register (Art. 33(5) GDPR: every breach is documented)."""

    id: UUID
    number: int
    facts: Facts
    words: IncidentWords
    opened_at: datetime
    closed_at: datetime | None
    pinned: int
    steps: tuple[Step, ...] = ()

    def first(self, kind: StepKind) -> datetime | None:
        """When that was done first."""
        return next((step.at for step in self.steps if step.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One person whom deeds of a scope touch: how often, when, and which fields were shown."""

    person_id: UUID
    deeds: int
    first_at: datetime
    last_at: datetime
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """Whether the shop is frozen, since when and by whom."""

    on: bool
    since: datetime | None = None
    actor: str = ""


THAWED = Freeze(on=False)
