"""People as data subjects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class IdentifierKind(StrEnum):
    """How a person is found again."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A data subject. `restricted_at`: what law keeps of them is read by few (Art. 18 GDPR)."""

    id: UUID
    made_at: datetime
    erased_at: datetime | None
    restricted_at: datetime | None
