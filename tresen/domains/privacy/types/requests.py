"""What people may ask of us about their data (Art. 12–22 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class RequestKind(StrEnum):
    """One right each."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    ASK_PERSON = "ask_person"


ARTICLE_OF = {
    RequestKind.ACCESS: "Art. 15",
    RequestKind.PORTABILITY: "Art. 20",
    RequestKind.RECTIFICATION: "Art. 16",
    RequestKind.ERASURE: "Art. 17",
    RequestKind.RESTRICTION: "Art. 18",
    RequestKind.OBJECTION: "Art. 21",
    RequestKind.ASK_PERSON: "Art. 22",
}
EXPORTS = (RequestKind.ACCESS, RequestKind.PORTABILITY)
BY_ITSELF = (*EXPORTS, RequestKind.ERASURE)
"""Kinds that the house carries out at once where the person proved to be the person."""


class RequestWay(StrEnum):
    """How a request came in; the first two prove the person, the others need a check by staff."""

    ACCOUNT = "account"
    LINK = "link"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    COUNTER = "counter"


PROVEN = (RequestWay.ACCOUNT, RequestWay.LINK)


class RequestState(StrEnum):
    """How far a request is. Deferred: something open stands in the way, and it is tried again."""

    RECEIVED = "received"
    UNPROVEN = "unproven"
    DEFERRED = "deferred"
    ANSWERED = "answered"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


OPEN_STATES = (RequestState.RECEIVED, RequestState.UNPROVEN, RequestState.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The last day for the answer, and the last day on which it may still be moved."""

    due_on: date
    first_due_on: date
    extended: bool

    def days_left(self, today: date) -> int:
        """Negative when the day has passed."""
        return (self.due_on - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request as lists and pages show it: nothing personal."""

    id: UUID
    number: str
    person_id: UUID
    kind: RequestKind
    way: RequestWay
    state: RequestState
    locale: str
    received_at: datetime
    clock: Clock
    closed_at: datetime | None
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWords:
    """What was written: by the person, by who checked the identity, and our answer. Sealed."""

    wish: str
    identity_note: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of a request's story; `detail` is plain and names nobody."""

    kind: str
    happened_at: datetime
    actor: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """A sealed copy of a person's data, for a while."""

    id: UUID
    request_id: UUID
    person_id: UUID
    kind: RequestKind
    made_at: datetime
    expires_at: datetime
    downloads: int
    bytes: int
