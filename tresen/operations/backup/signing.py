"""Who made a backup: anyone can encrypt to public keys, only this shop can sign (Ed25519)."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tresen.operations.backup.places import BackupPlaces

KEY_MODE = 0o400
FOLDER_MODE = 0o700
SIGNATURE_BYTES = 64
PREFIX = "tresen-signer-"


class Signer:
    """The shop's own pen."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PREFIX + key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def signer_of(places: BackupPlaces) -> Signer:
    """Made when missing."""
    if not places.signer.exists():
        _make(places.signer)
    text = places.signer.read_text(encoding="ascii").strip()
    return Signer(Ed25519PrivateKey.from_private_bytes(base64.b64decode(text)))


def is_signed_by(public: str, message: bytes, signature: bytes) -> bool:
    try:
        raw = bytes.fromhex(public.removeprefix(PREFIX))
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def plain_text(body: Mapping[str, object]) -> bytes:
    """The one spelling of a table that is signed."""
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    raw = Ed25519PrivateKey.generate().private_bytes_raw()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEY_MODE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(raw).decode())
        file.flush()
        os.fsync(file.fileno())
