"""The key file of the vault: made on first start, readable by its owner alone (0400)."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Keys:
    """`sealing` encrypts (AES-256), `index` makes blind indexes, `signing` signs links."""

    version: int
    sealing: bytes
    index: bytes
    signing: bytes

    def __repr__(self) -> str:
        return f"Keys(version={self.version}, ***)"


def make_key_file(path: Path) -> None:
    """Write fresh keys, unless there are some. Safe when two processes start at once."""
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    body = {"version": 1} | {
        name: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        for name in ("sealing", "index", "signing")
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
    with os.fdopen(descriptor, "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def read_keys(path: Path) -> Keys:
    """The keys of a key file."""
    body = json.loads(path.read_text())
    return Keys(
        version=body["version"],
        sealing=base64.b64decode(body["sealing"]),
        index=base64.b64decode(body["index"]),
        signing=base64.b64decode(body["signing"]),
    )


def keys() -> Keys:
    """The keys of this installation; made on first use."""
    return _keys_in(str(settings.VAULT_KEY_FILE))


@lru_cache(maxsize=4)
def _keys_in(name: str) -> Keys:
    """By the name: paths are slow to compare, and every sealed column asks."""
    path = Path(name)
    try:
        return read_keys(path)
    except FileNotFoundError:
        make_key_file(path)
        return read_keys(path)
