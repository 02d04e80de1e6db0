"""Opaque cursors: where a page of a list ended, in a form that fits an address.

A cursor is not secret and not trusted: a broken one is refused, a forged one only seeks elsewhere
in the same list.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BrokenBase64
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

CURSOR_LENGTH_MAX = 400
Seek = str | int | datetime | UUID


class BrokenCursor(Exception):
    """The cursor is not one of ours. Remedy: start from the beginning of the list."""


_READ: dict[str, Callable[[str], Seek]] = {
    "s": str,
    "i": int,
    "d": datetime.fromisoformat,
    "u": UUID,
}


def written_cursor(*values: Seek) -> str:
    """The values by which a list is ordered, at the row where the page ended."""
    marked = [_marked(value) for value in values]
    packed = json.dumps(marked, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(cursor: str, *, kinds: Sequence[type]) -> tuple[Seek, ...]:
    """The values again; their kinds must be those that the list is ordered by."""
    if len(cursor) > CURSOR_LENGTH_MAX:
        raise BrokenCursor(cursor[:20])
    try:
        packed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = tuple(_READ[mark](text) for mark, text in json.loads(packed))
    except (BrokenBase64, ValueError, KeyError, TypeError) as broken:
        raise BrokenCursor(cursor[:20]) from broken
    if [type(value) for value in values] != list(kinds):
        raise BrokenCursor(cursor[:20])
    return values


def _marked(value: Seek) -> tuple[str, str]:
    if isinstance(value, datetime):
        return "d", value.isoformat()
    mark = {str: "s", int: "i", UUID: "u"}[type(value)]
    return mark, str(value)
