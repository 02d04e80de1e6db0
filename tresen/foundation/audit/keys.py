"""The keys of the audit: their own file (0400), so that changing the vault's keys breaks no proof.

Each version has a secret for digests and codes and a seed for signatures (Ed25519). A new version
is added when keys are changed; older ones stay, because older rows are still to be verified.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

KEY_BYTES = 32
FOLDER_MODE = 0o700
FILE_MODE = 0o400


class AuditKeyMissing(Exception):
    """A row names a version of the keys that is not in the key file."""


@dataclass(frozen=True, slots=True)
class AuditKey:
    """`secret` keys digests and codes, `seed` signs."""

    version: int
    secret: bytes
    seed: bytes

    def __repr__(self) -> str:
        return f"AuditKey(version={self.version}, ***)"

    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def public_bytes(self) -> bytes:
        """What others check signatures with (32 bytes, RFC 8032)."""
        return self.signer().public_key().public_bytes_raw()


def newest_key() -> AuditKey:
    """The one that new rows and seals are made with; made on first use."""
    return _versions()[-1]


def key_of(version: int) -> AuditKey:
    """Raises AuditKeyMissing."""
    for key in _versions():
        if key.version == version:
            return key
    raise AuditKeyMissing(version)


def add_key() -> int:
    """A new version from now on, for when keys are changed. Running processes see it in time."""
    path = Path(settings.AUDIT_KEY_FILE)
    known = list(_versions())
    fresh = AuditKey(
        known[-1].version + 1, secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    )
    draft = _draft(path, [*known, fresh])
    draft.replace(path)
    return fresh.version


def _versions() -> tuple[AuditKey, ...]:
    name = str(settings.AUDIT_KEY_FILE)
    try:
        return _read(name, os.stat(name).st_mtime_ns)  # noqa: PTH116  # on the hot path
    except FileNotFoundError:
        _make_file(Path(name))
        return _read(name, os.stat(name).st_mtime_ns)  # noqa: PTH116


@lru_cache(maxsize=4)
def _read(name: str, _changed: int) -> tuple[AuditKey, ...]:
    body = json.loads(Path(name).read_text())
    return tuple(
        AuditKey(
            version["version"],
            base64.b64decode(version["secret"]),
            base64.b64decode(version["seed"]),
        )
        for version in body["versions"]
    )


def _make_file(path: Path) -> None:
    """Safe when two processes start at once: the first one's file stays."""
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    first = AuditKey(1, secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
    draft = _draft(path, [first])
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, versions: list[AuditKey]) -> Path:
    body = {
        "versions": [
            {
                "version": key.version,
                "secret": base64.b64encode(key.secret).decode(),
                "seed": base64.b64encode(key.seed).decode(),
            }
            for key in versions
        ]
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())
    return draft
