"""Who is asking: a person of the staff, a guest, a machine."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is staff, guest, api or system; `id` is given for staff only."""

    kind: str
    id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


GUEST = Actor("guest")
SYSTEM = Actor("system")
