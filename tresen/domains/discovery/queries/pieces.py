"""SQL put together from constant pieces; every value travels as a parameter beside its piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


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


def here(channel_code: str, locale: str) -> Piece:
    """The space that is read; every statement begins with it."""
    return Piece(
        "WITH here AS (SELECT id, currency FROM discovery_space"
        " WHERE channel_code = %s AND locale = %s AND is_current)",
        (channel_code, locale),
    )
