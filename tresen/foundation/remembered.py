"""What a process need not ask again for a while: what changes a few times a year, or is wanted by
hundreds in the same second."""

from __future__ import annotations

import time
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
SIZE_MAX = 500


class Remembered(Generic[K, V]):
    """Answers by question, each for `seconds`. Full at `size_max`, it begins anew.

    What is kept is shared by threads and must not be changed; None cannot be kept.
    """

    def __init__(self, *, seconds: float, size_max: int = SIZE_MAX) -> None:
        self._seconds = seconds
        self._size_max = size_max
        self._known: dict[K, tuple[float, V]] = {}
        _ALL.append(self)

    def find(self, key: K) -> V | None:
        """The answer, unless it is too old or there was none."""
        known = self._known.get(key)
        return known[1] if known is not None and time.monotonic() < known[0] else None

    def keep(self, key: K, answer: V) -> V:
        """The answer itself, kept from now on."""
        if len(self._known) >= self._size_max:
            self._known.clear()
        self._known[key] = (time.monotonic() + self._seconds, answer)
        return answer

    def forget(self) -> None:
        """For whoever changed what the answers were made of."""
        self._known.clear()


_ALL: list[Remembered[Any, Any]] = []


def forget_everything() -> None:
    """As if the process had just begun."""
    for remembered in _ALL:
        remembered.forget()
