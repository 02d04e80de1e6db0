"""The access line: which route answered whom with what, in how long. No path, no address, no name.

Written by hand because it is written for every request: a path may carry a signed link, so that
only the route's name is told.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TextIO

from tresen.foundation import clock

_STATE: dict[str, TextIO] = {}
_OUT = "out"


def open(out: TextIO) -> None:  # noqa: A001 (access.open reads well)
    """From now on lines go there; before, nowhere."""
    _STATE[_OUT] = out


def close() -> None:
    """No more lines."""
    _STATE.clear()


def write(*, request_id: str, method: str, route: str, status: int, nanoseconds: int) -> None:
    """One line of JSON. `request_id` was checked to be plain."""
    out = _STATE.get(_OUT)
    if out is not None:
        out.write(
            f'{{"event":"request","level":"info","timestamp":"{clock.now().isoformat()}",'
            f'"request_id":"{request_id}","method":{_quoted(method)},"route":{_quoted(route)},'
            f'"status":{status},"ms":{nanoseconds / 1_000_000:.1f}}}\n'
        )


@lru_cache(maxsize=2048)
def _quoted(word: str) -> str:
    return json.dumps(word)
