"""Ids: time-ordered UUIDs inside, prefixed opaque words outside (`ord_01k…`)."""

from __future__ import annotations

import os
import time
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE_OF = {sign: value for value, sign in enumerate(_ALPHABET)}
_LENGTH = 26


class BadId(ValueError):
    """A text that is no id of the wanted kind."""


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def outer(prefix: str, inner: UUID) -> str:
    """The id as the outside sees it: prefix and 26 signs of Crockford's base 32."""
    value, signs = inner.int, []
    for _ in range(_LENGTH):
        signs.append(_ALPHABET[value & 31])
        value >>= 5
    return f"{prefix}_{''.join(reversed(signs))}"


def inner(prefix: str, text: str) -> UUID:
    """Back from the outside. Raises BadId for another prefix, length or alphabet."""
    head, _, tail = text.partition("_")
    if head != prefix or len(tail) != _LENGTH:
        raise BadId(text[:40])
    value = 0
    for sign in tail:
        digit = _VALUE_OF.get(sign)
        if digit is None:
            raise BadId(text[:40])
        value = (value << 5) | digit
    if value >> 128:
        raise BadId(text[:40])
    return UUID(int=value)
