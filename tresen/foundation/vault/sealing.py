"""Seal and open: AES-256-GCM with the place as associated data; blind indexes by HMAC-SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tresen.foundation.vault.keys import keys

_FORMAT = b"\x01"
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The sealed text was changed, moved to another place, or sealed with another key."""


def seal(clear: bytes, *, place: str) -> bytes:
    """Encrypt for one place ("table.column"). Layout: format, 12 bytes nonce, text and tag."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + _cipher(keys().sealing).encrypt(nonce, clear, place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Decrypt what was sealed for this place. Raises CannotOpen."""
    if sealed[:1] != _FORMAT:
        raise CannotOpen(place)
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return _cipher(keys().sealing).decrypt(nonce, body, place.encode())
    except (InvalidTag, ValueError) as error:  # a cut-off nonce is a ValueError
        raise CannotOpen(place) from error


def blind_index(value: str, *, purpose: str) -> bytes:
    """A keyed fingerprint to look a value up by equality; the caller normalises first."""
    return hmac.digest(keys().index, f"{purpose}\0{value}".encode(), hashlib.sha256)


def sign(message: str, *, purpose: str) -> bytes:
    """A keyed signature (HMAC-SHA-256) for links and cookies."""
    return hmac.digest(keys().signing, f"{purpose}\0{message}".encode(), hashlib.sha256)


@lru_cache(maxsize=4)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
