"""Cursors: the place in a list, as a word that is opaque to the outside and checked on its way in.

A cursor holds the order it belongs to, its direction, and the sort key and id of the entry it
stands at. It gives access to nothing, so that it needs no signature; what does not read as one is
refused.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from uuid import UUID

from tresen.domains.discovery.types import CURSOR_LENGTH_MAX, NAME_KEY_LENGTH, Sort
from tresen.foundation.refusals import Refusal

Key = int | float | str
"""By what a list is ordered; the kind belongs to the order (see `_fits`)."""

_INT_MAX = 2**62


class BadCursor(Refusal):
    """A text that is no cursor of this list."""

    code = "bad_cursor"
    message = "This page address is not valid any more.\nPlease start again from the first page."


@dataclass(frozen=True, slots=True)
class Cursor:
    """The page after (or, going `back`, before) the entry `product_id` whose sort key is `key`."""

    sort: Sort
    back: bool
    key: Key
    product_id: UUID


def write_cursor(cursor: Cursor) -> str:
    words = [cursor.sort.value, int(cursor.back), cursor.key, cursor.product_id.hex]
    text = json.dumps(words, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, *, sort: Sort) -> Cursor:
    """Raises BadCursor for whatever `write_cursor` would not have written for this order."""
    try:
        cursor = _read(text)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor(field="cursor") from error
    if cursor.sort is not sort or not _fits(cursor):
        raise BadCursor(field="cursor")
    return cursor


def _read(text: str) -> Cursor:
    if len(text) > CURSOR_LENGTH_MAX or not text.isascii():
        raise ValueError
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    words: object = json.loads(raw.decode())
    if not isinstance(words, list):
        raise TypeError
    sort, back, key, product_id = words
    if type(back) is not int or back not in (0, 1) or not isinstance(product_id, str):
        raise TypeError
    return Cursor(Sort(sort), bool(back), key, UUID(hex=product_id))


def _fits(cursor: Cursor) -> bool:
    key = cursor.key
    if cursor.sort is Sort.NAME:
        return isinstance(key, str) and len(key) <= NAME_KEY_LENGTH and "\0" not in key
    if cursor.sort is Sort.RELEVANCE:
        return type(key) in (int, float) and math.isfinite(float(key))
    return type(key) is int and abs(int(key)) <= _INT_MAX
