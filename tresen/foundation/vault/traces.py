"""Which values about people this thread has seen in clear, so that the way out can be watched.

`foundation.http` and the mail port look whether what leaves the house carries one of them
undeclared. Forgotten with the opened keys, at the end of the request or job.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator

LENGTH_MIN = 5
"""Shorter ones («DE», «Kiel») stand in too many innocent texts."""
VALUES_MAX = 2_000
SHARED_BY_MANY = frozenset({"postcode", "city", "region", "country"})
"""Nobody is told apart by these alone, and the shop's own town is in many a message."""


class _Seen(threading.local):
    def __init__(self) -> None:
        self.texts: deque[tuple[str, bytes]] = deque(maxlen=VALUES_MAX)


_SEEN = _Seen()


def note(place: str, clear: bytes) -> None:
    """Remember the whole text; it is taken apart only when something is about to leave."""
    _SEEN.texts.append((place, clear))


def seen() -> Iterator[tuple[str, str]]:
    """Place ("table.column") and value, for every value worth looking for."""
    for place, clear in list(_SEEN.texts):
        for value in _leaves(clear):
            if len(value) >= LENGTH_MIN:
                yield place, value


def forget_traces() -> None:
    _SEEN.texts.clear()


def _leaves(clear: bytes) -> Iterator[str]:
    try:
        text = clear.decode()
    except UnicodeDecodeError:
        return
    if text[:1] not in {"{", "["}:
        yield text
        return
    try:
        yield from _strings(json.loads(text))
    except ValueError:
        yield text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in SHARED_BY_MANY:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
