"""The words of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    """How it left."""

    HTTP = "http"
    MAIL = "mail"
    FEED = "feed"
    EXPORT = "export"
    PRINT = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Which declared columns (`table.column`, see vault.personal) go to whom, what for and why.

    `recipient` is a name that a person understands, `basis` the letter of Art. 6(1) GDPR,
    `person_id` whose data it is where it is about one person, `reference` an id of ours.
    """

    recipient: str
    purpose: str
    fields: tuple[str, ...]
    basis: str = "6(1)(b)"
    person_id: UUID | None = None
    reference: str = ""


NO_PERSONAL_DATA = Disclosure(recipient="", purpose="", fields=())


@dataclass(frozen=True, slots=True)
class Noted:
    """A receipt: this was noted. Only the ledger makes one; what leaves asks for it."""

    row_id: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedRow:
    """One line of the ledger."""

    at: datetime
    way: Way
    recipient: str
    purpose: str
    basis: str
    fields: tuple[str, ...]
    reference: str
    undone_at: datetime | None
