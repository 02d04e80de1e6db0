"""Who is asking: a member of the staff, a customer, a guest, a machine."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is staff, customer, guest, api or system; `id` is given for the first two.

    `session` names the row of the session somebody acts in (never the cookie's value), so that
    «what was done with this session?» can be answered.
    """

    kind: str
    id: UUID | None = None
    session: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


GUEST = Actor("guest")
SYSTEM = Actor("system")
