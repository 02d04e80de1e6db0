"""Seal and open: AES-256-GCM with a person's own key, bound to the place; blind indexes by HMAC.

The associated data are table and column, the row, and the subject: a sealed text that was moved
to another row, column or person does not open.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tresen.foundation.vault import traces
from tresen.foundation.vault.data_keys import DataKey, find_keys
from tresen.foundation.vault.keyring import EARLIER, Key, NoSuchKey, keyring

_FORMAT = b"\x02"
_EARLIER_FORMAT = b"\x01"
_ID_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
_HEAD_BYTES = 1 + _ID_BYTES + _NONCE_BYTES
SEALED_BYTES_MIN = _HEAD_BYTES + _TAG_BYTES

_MAY_READ_RESTRICTED: ContextVar[bool] = ContextVar("may_read_restricted", default=False)


class CannotOpen(Exception):
    """The sealed text was changed, moved to another place, or sealed with another key."""


class Shredded(CannotOpen):
    """Its key was destroyed: nobody reads it any more."""


class Restricted(CannotOpen):
    """Kept by law and read only by those who need it for that (Art. 18 GDPR)."""


def seal(clear: bytes, *, key: DataKey, place: str, row: object) -> bytes:
    """Encrypt for one column ("table.column") of one row.

    Layout: format, 16 bytes key id, 12 bytes nonce, text and tag (45 bytes more than the text).
    """
    nonce = os.urandom(_NONCE_BYTES)
    body = AESGCM(key.secret).encrypt(nonce, clear, _bound_to(place, row, key.subject))
    traces.note(place, clear)
    return b"".join((_FORMAT, key.id.bytes, nonce, body))


def unseal(sealed: bytes, *, place: str, row: object) -> bytes:
    """Decrypt what was sealed for this place. Raises Shredded, Restricted, CannotOpen."""
    if sealed[:1] == _EARLIER_FORMAT:
        return _unseal_earlier(sealed, place)
    key_id = key_id_of(sealed)
    key = find_keys([key_id]).get(key_id) if key_id else None
    if key is None:
        raise Shredded(place) if key_id else CannotOpen(place)
    if key.restricted and not _MAY_READ_RESTRICTED.get():
        raise Restricted(place)
    nonce, body = sealed[1 + _ID_BYTES : _HEAD_BYTES], sealed[_HEAD_BYTES:]
    try:
        clear = AESGCM(key.secret).decrypt(nonce, body, _bound_to(place, row, key.subject))
    except InvalidTag as error:
        raise CannotOpen(place) from error
    traces.note(place, clear)
    return clear


def seal_json(value: object, *, key: DataKey, place: str, row: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return seal(text.encode(), key=key, place=place, row=row)


def unseal_json(sealed: bytes, *, place: str, row: object) -> object:
    """Raises as `unseal` does."""
    value: object = json.loads(unseal(sealed, place=place, row=row))
    return value


def prefetch(sealed: Iterable[bytes | memoryview | None]) -> None:
    """Ask for the keys of many sealed texts in one statement, before they are opened."""
    found = {key_id_of(bytes(text)) for text in sealed if text is not None}
    find_keys([key_id for key_id in found if key_id])


def key_id_of(sealed: bytes) -> UUID | None:
    """Which key it was sealed with; None for what was never sealed."""
    if sealed[:1] != _FORMAT or len(sealed) < SEALED_BYTES_MIN:
        return None
    return UUID(bytes=sealed[1 : 1 + _ID_BYTES])


@contextmanager
def reading_restricted() -> Iterator[None]:
    """For tax audits, disputes, and telling people what is kept; say why in the audit."""
    token = _MAY_READ_RESTRICTED.set(True)
    try:
        yield
    finally:
        _MAY_READ_RESTRICTED.reset(token)


def blind_index(value: str, *, purpose: str) -> bytes:
    """A keyed fingerprint to look a value up by equality; the caller normalises first.

    Declare the column in the INDEXES of its app (vault.indexes), so that it becomes new with the
    key.
    """
    return _index(keyring().newest("index"), value, purpose)


def blind_indexes(value: str, *, purpose: str) -> list[bytes]:
    """With every live version of the key, newest first: what is older than a rotation is found."""
    return [_index(key, value, purpose) for key in keyring().all("index")]


def sign(message: str, *, purpose: str) -> bytes:
    """A keyed signature (HMAC-SHA-256) for links and cookies."""
    return _signature(keyring().newest("signing").secret, message, purpose)


def is_signed(message: str, signature: bytes, *, purpose: str, length: int = 32) -> bool:
    """Whether any live version of the key signed it; `length` bytes are compared."""
    return any(
        hmac.compare_digest(_signature(key.secret, message, purpose)[:length], signature)
        for key in keyring().all("signing")
    )


def _bound_to(place: str, row: object, subject: UUID) -> bytes:
    return f"{place}\0{row}\0".encode() + subject.bytes


def version_mark(version: int) -> bytes:
    """What the fingerprints of that version of the key end with; the first one's with nothing."""
    return b"" if version == 1 else bytes([version % 256])


def _index(key: Key, value: str, purpose: str) -> bytes:
    digest = hmac.digest(key.secret, f"{purpose}\0{value}".encode(), "sha256")
    return digest + version_mark(key.version)


def _signature(key: bytes, message: str, purpose: str) -> bytes:
    return hmac.digest(key, f"{purpose}\0{message}".encode(), "sha256")


def _unseal_earlier(sealed: bytes, place: str) -> bytes:
    """What lay in the tables before people had keys of their own."""
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        key = keyring().get(EARLIER, 1).secret
        return AESGCM(key).decrypt(nonce, body, place.encode())
    except (InvalidTag, ValueError, NoSuchKey) as error:
        raise CannotOpen(place) from error
