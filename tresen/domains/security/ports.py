"""What this domain asks of the outside: places where the roots of seals are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tresen.domains.security.types import Anchor
from tresen.foundation.ports import Shelf


class AnchorPlace(Protocol):
    """A place out of reach of whoever can change the database."""

    def keep(self, anchors: Sequence[Anchor]) -> None:
        """Keep these for good, oldest first. Once is enough, twice is harmless.

        Raises OSError where the place cannot be reached; they are brought again later.
        """

    def cut(self, *, after: int, now: datetime) -> None:
        """Note that a restore took the tables back to that seal: later ones count no more."""

    def read(self) -> Sequence[Anchor]:
        """What is kept there. Raises OSError."""


ANCHORS: Shelf[AnchorPlace] = Shelf("anchor place")
