"""Doing the next piece of work while the last one is being written.

The database works on another core while we wait for it; a thread uses that time to read ahead.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Full, Queue
from typing import Final, TypeVar

T = TypeVar("T")

READY_MAX: Final = 2
"""So many pieces wait at most: the memory they need is bounded."""

_POLL_SECONDS: Final = 0.05
_SWITCH_SECONDS: Final = 0.0005
"""Whoever the database has answered does not wait long for the reader to pause."""


class _Ended:
    """The last thing in the queue: nothing more, or what went wrong."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


@contextmanager
def made_ahead(pieces: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same pieces in the same order, made in a thread of their own.

    What they raise is raised here, in its place; leaving the block early stops the thread.
    """
    ready: Queue[T | _Ended] = Queue(READY_MAX)
    stopped = threading.Event()
    maker = threading.Thread(target=_make, args=(pieces, ready, stopped), daemon=True)
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    maker.start()
    try:
        yield _taken(ready)
    finally:
        stopped.set()
        maker.join()
        sys.setswitchinterval(before)


def _make(pieces: Iterator[T], ready: Queue[T | _Ended], stopped: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for piece in pieces:
            if not _put(piece, ready, stopped):
                break
    except BaseException as raised:
        error = raised
    _put(_Ended(error), ready, stopped)


def _put(piece: T | _Ended, ready: Queue[T | _Ended], stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            ready.put(piece, timeout=_POLL_SECONDS)
        except Full:
            continue
        return True
    return False


def _taken(ready: Queue[T | _Ended]) -> Iterator[T]:
    while True:
        try:
            piece = ready.get(timeout=_POLL_SECONDS)
        except Empty:
            continue
        if not isinstance(piece, _Ended):
            yield piece
        elif piece.error is not None:
            raise piece.error
        else:
            return
