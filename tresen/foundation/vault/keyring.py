"""The keyring: versions of the keys of this installation, each wrapped by the root key.

It is a file outside the database and outside its backups, so that a version which was destroyed
here is gone everywhere. Kinds: `kek` wraps the data keys of people, `index` makes blind indexes,
`signing` signs links, cookies and seals. Processes notice a changed file within a second.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tresen.foundation.vault.root import RootKey

KEY_BYTES = 32
FORMAT = 2
FOLDER_MODE = 0o700
FILE_MODE = 0o400
LOCK_MODE = 0o600
LOOK_EVERY_SECONDS = 1.0
KINDS = ("kek", "index", "signing")
EARLIER = "sealing"
"""The one key of installations before data keys; it still opens what it sealed."""


class NoSuchKey(LookupError):
    """That version was destroyed, or never was here."""


@dataclass(frozen=True, slots=True)
class Key:
    """One version of one kind. `made_at` is ISO 8601 in UTC, empty where nobody noted it."""

    kind: str
    version: int
    made_at: str
    secret: bytes = field(repr=False)


class Keyring:
    """Keys by kind and version; frozen."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = tuple(keys)
        self._by_place = {(key.kind, key.version): key for key in self.keys}
        self._newest = {key.kind: key for key in sorted(self.keys, key=lambda key: key.version)}

    def newest(self, kind: str) -> Key:
        return self._newest[kind]

    def get(self, kind: str, version: int) -> Key:
        """Raises NoSuchKey."""
        found = self._by_place.get((kind, version))
        if found is None:
            raise NoSuchKey(f"{kind} version {version}")
        return found

    def all(self, kind: str) -> list[Key]:
        """Every version, newest first."""
        return sorted((key for key in self.keys if key.kind == kind), key=lambda key: -key.version)

    def __repr__(self) -> str:
        return f"Keyring({', '.join(f'{key.kind} {key.version}' for key in self.keys)})"


def fresh_keyring(*, made_at: str = "") -> Keyring:
    """One random key of each kind."""
    return Keyring([_fresh(kind, 1, made_at) for kind in KINDS])


def read_keyring(path: Path, root: RootKey) -> Keyring:
    """Raises RootTrouble, OSError, ValueError, KeyError."""
    body = json.loads(path.read_text(encoding="ascii"))
    if body["format"] != FORMAT:
        raise ValueError(f"unknown format of a keyring: {body['format']!r}")
    return Keyring([_unwrapped(entry, root) for entry in body["keys"]])


def write_keyring(path: Path, ring: Keyring, root: RootKey) -> None:
    """In one step and on the disk when it returns: a keyring is never half written."""
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    draft = _draft(path, ring, root)
    draft.replace(path)
    _sync_folder(path.parent)


def open_keyring(path: Path, root: RootKey, *, earlier: Path | None = None) -> Keyring:
    """The keyring of that file; made on first use. Safe when two processes start at once.

    `earlier` is the key file of an installation that had no keyring yet; it is taken over.
    """
    if not path.exists():
        ring = _taken_over(earlier) if earlier and earlier.exists() else fresh_keyring()
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        draft = _draft(path, ring, root)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return read_keyring(path, root)


def keyring() -> Keyring:
    """The keyring of this installation."""
    return _KNOWN.now()


def add_key(kind: str, *, now: datetime) -> Key:
    """A new version of that kind, used from now on."""
    with _changing() as (path, root, ring):
        key = _fresh(kind, ring.newest(kind).version + 1, now.isoformat())
        write_keyring(path, Keyring([*ring.keys, key]), root)
    _KNOWN.forget()
    return key


def destroy_keys_before(kind: str, version: int) -> list[int]:
    """Take older versions out; what they wrapped is gone. Says which ones went."""
    with _changing() as (path, root, ring):
        gone = [key for key in ring.keys if key.kind == kind and key.version < version]
        if gone:
            write_keyring(path, Keyring([key for key in ring.keys if key not in gone]), root)
    _KNOWN.forget()
    return [key.version for key in gone]


def rewrap_keyring() -> None:
    """Wrap all keys with a new version of the root key, and forget the older ones."""
    with _changing() as (path, root, ring):
        root.renew()
        write_keyring(path, ring, root)
        root.forget_old()
    _KNOWN.forget()


class _Known:
    """What this process knows of the file; looked at again once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ring: Keyring | None = None
        self._stamp: tuple[str, int, int] = ("", 0, 0)
        self._look_at = 0.0

    def now(self) -> Keyring:
        at = time.monotonic()
        if self._ring is not None and at < self._look_at:
            return self._ring
        with self._lock:
            path = Path(settings.KEYRING_FILE)
            if self._ring is None or _stamp(path) != self._stamp:
                self._ring = open_keyring(path, settings.ROOT_KEY)
                self._stamp = _stamp(path)
            self._look_at = at + LOOK_EVERY_SECONDS
            return self._ring

    def forget(self) -> None:
        self._look_at = 0.0


_KNOWN = _Known()


def forget_keyring() -> None:
    """Look at the file again at the next use."""
    _KNOWN.forget()


@contextmanager
def _changing() -> Iterator[tuple[Path, RootKey, Keyring]]:
    """One process changes the file at a time."""
    path, root = Path(settings.KEYRING_FILE), settings.ROOT_KEY
    descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, LOCK_MODE)
    try:
        os.fchmod(descriptor, LOCK_MODE)  # earlier ones were open to others
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield path, root, open_keyring(path, root)
    finally:
        os.close(descriptor)


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        about = path.stat()
    except FileNotFoundError:
        return str(path), 0, 0
    return str(path), about.st_ino, about.st_mtime_ns


def _fresh(kind: str, version: int, made_at: str) -> Key:
    return Key(kind, version, made_at, secrets.token_bytes(KEY_BYTES))


def _taken_over(path: Path) -> Keyring:
    """Links, indexes and sealed texts of before stay good."""
    body: Mapping[str, str] = json.loads(path.read_text(encoding="ascii"))
    known = [
        Key(name, 1, "", base64.b64decode(body[name])) for name in (EARLIER, "index", "signing")
    ]
    return Keyring([*known, _fresh("kek", 1, "")])


def _draft(path: Path, ring: Keyring, root: RootKey) -> Path:
    entries = [
        {
            "kind": key.kind,
            "version": key.version,
            "made_at": key.made_at,
            "wrapped": root.wrap(key.secret, label=_label(key.kind, key.version)),
        }
        for key in ring.keys
    ]
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"format": FORMAT, "root": root.name, "keys": entries}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _unwrapped(entry: Mapping[str, str | int], root: RootKey) -> Key:
    kind, version = str(entry["kind"]), int(entry["version"])
    secret = root.unwrap(str(entry["wrapped"]), label=_label(kind, version))
    assert len(secret) == KEY_BYTES
    return Key(kind, version, str(entry["made_at"]), secret)


def _label(kind: str, version: int) -> str:
    return f"tresen {kind} {version}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
