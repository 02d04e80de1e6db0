"""The sealed words of this domain: each row has a key of its own, and each column its place."""

from __future__ import annotations

from uuid import UUID

from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal, unseal


def closed(clear: str | bytes, *, place: str, row: UUID) -> bytes:
    """Sealed for one column of one row, under that row's own key."""
    raw = clear.encode() if isinstance(clear, str) else clear
    key = keys_for(row, KeyClass.REQUEST)[KeyClass.REQUEST]
    return seal(raw, key=key, place=place, row=row)


def opened(sealed: bytes | memoryview | None, *, place: str, row: UUID) -> str:
    """The words; nothing where there are none."""
    return opened_bytes(sealed, place=place, row=row).decode()


def opened_bytes(sealed: bytes | memoryview | None, *, place: str, row: UUID) -> bytes:
    """The bytes; none where there are none."""
    return b"" if sealed is None else unseal(bytes(sealed), place=place, row=row)
