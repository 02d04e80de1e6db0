"""SQL put together from constant pieces; every value travels as a parameter beside its piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tresen.domains.discovery.types import SpaceRow


@dataclass(frozen=True, slots=True)
class Piece:
    """Constant text with %s places, and what belongs there, in order."""

    text: str
    params: tuple[object, ...] = ()

    def __add__(self, other: Piece) -> Piece:
        return Piece(f"{self.text} {other.text}", self.params + other.params)


NOTHING: Final = Piece("")


def joined(pieces: Iterable[Piece], *, by: str) -> Piece:
    """All of them with `by` between."""
    found = list(pieces)
    return Piece(
        by.join(piece.text for piece in found),
        tuple(param for piece in found for param in piece.params),
    )


def here(space: SpaceRow) -> Piece:
    """The space that is read; every statement begins with it."""
    return Piece(
        "WITH here AS (SELECT %s::int AS id, %s::text AS currency)", (space.id, space.currency)
    )


def in_slot(space: SpaceRow) -> Piece:
    """The condition of an entry `e` that opens the space's own inverted index.

    The slot is written out: PostgreSQL picks a partial index only where it sees the number. The
    space is compared in a way that no index serves, lest the primary key's be read beside it.
    """
    return Piece(f"e.slot = {space.slot:d} AND e.space_id + 0 = (SELECT id FROM here)")  # noqa: S608
