"""The keys of people, apart from the data they open: own backups, own short life.

The long-lived backups hold these keys, too, but wrapped by a version of the key of keys that is
destroyed within days; only here lies what can unwrap them. So whoever is erased is gone from every
backup as soon as the key stores of before have expired.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from psycopg import sql
from pyrage.x25519 import Identity, Recipient

from tresen.operations.backup.envelopes import BackupDamaged, decrypted, filled_from
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.signing import Signer, is_signed_by, plain_text
from tresen.operations.backup.source import Source
from tresen.operations.backup.target import Stored, Target, hash_of, put_bytes
from tresen.operations.words.speaking import gettext_noop as _

FOLDER = "keystore"
TABLE = ("vault", "data_key")
KEPT = timedelta(days=7)
KEPT_MIN = 2
STAY_HERE = ("database_", "backup_")
"""Passwords of roles are made anew; what opens backups does not lie in backups."""
FILE_BYTES_MAX = 1 << 20


@dataclass(frozen=True)
class KeyStore:
    """One of them in the target."""

    id: str
    taken_at: datetime
    stored: Stored
    signer: str


@dataclass(frozen=True)
class Head:
    """What lies before the rows. `files` are those of the key folder, base64."""

    taken_at: str
    columns: list[str]
    files: dict[str, str]


@dataclass
class _Stream:
    """Compressed: one line of head, then the rows as COPY writes them."""

    clear: Iterator[bytes]
    _packer: zlib._Compress
    _ready: bytearray
    _ended: bool = False

    def read(self, size: int = -1) -> bytes:
        while len(self._ready) < size and not self._ended:
            piece = next(self.clear, None)
            self._ended = piece is None
            self._ready += self._packer.flush() if piece is None else self._packer.compress(piece)
        out = bytes(self._ready[:size])
        del self._ready[:size]
        return out


def take_keystore(
    places: BackupPlaces,
    source: Source,
    target: Target,
    *,
    to: Sequence[Recipient],
    signer: Signer,
) -> KeyStore:
    """Keys of people as the table has them in one moment, and the keyring that wraps them."""
    with source.connect() as connection:
        row = connection.execute(
            """
            SELECT clock_timestamp(), coalesce((
                SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
                WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
                  AND attgenerated = ''), '{}')
            """,
            [".".join(TABLE)],
        ).fetchone()
        assert row is not None
        taken_at = cast("datetime", row[0]).astimezone(UTC)
        columns = cast("list[str]", row[1])
        head = Head(taken_at.isoformat(), columns, _key_files(places))

        def clear() -> Iterator[bytes]:
            yield json.dumps(asdict(head)).encode() + b"\n"
            if columns:
                with connection.cursor().copy(_copy(columns, "TO STDOUT")) as rows:
                    for piece in rows:
                        yield bytes(piece)

        stream = _Stream(clear(), zlib.compressobj(1), bytearray())
        name = f"{FOLDER}/{taken_at:%Y%m%dT%H%M%S%fZ}"
        stored = target.put(f"{name}.age", filled_from(cast("BinaryIO", stream), to))
    note = {"taken_at": head.taken_at, **asdict(stored), "signer": signer.public}
    signed = {**note, "signature": signer.sign(plain_text(note)).hex()}
    put_bytes(target, f"{name}.json", json.dumps(signed).encode())
    return KeyStore(name.rpartition("/")[2], taken_at, stored, signer.public)


def list_keystores(target: Target) -> list[KeyStore]:
    """Oldest first; changed or unfinished ones are left out."""
    names = [name for name in target.names(FOLDER) if name.endswith(".json")]
    return [store for store in (_read(target, name) for name in names) if store]


def find_damaged_keystores(target: Target) -> list[str]:
    """Where the list or the bytes are not what was written."""
    damaged = [
        name
        for name in target.names(FOLDER)
        if name.endswith(".json") and _read(target, name) is None
    ]
    for store in list_keystores(target):
        try:
            if hash_of(target, store.stored.name) != store.stored.sha256:
                damaged.append(store.stored.name)
        except OSError:
            damaged.append(store.stored.name)
    return damaged


def prune_keystores(target: Target, *, now: datetime) -> int:
    """None older than a week stays, but for the newest two where no newer ones could be taken."""
    stores = list_keystores(target)
    old = [store for store in stores[:-KEPT_MIN] if store.taken_at < now - KEPT]
    for store in old:
        target.delete(f"{FOLDER}/{store.id}.json")
        target.delete(store.stored.name)
    return len(old)


class OpenKeyStore:
    """The head, and the rows as they come."""

    def __init__(self, clear: BinaryIO) -> None:
        self._clear = clear
        self._unpacker = zlib.decompressobj()
        self._ready = b""
        while b"\n" not in self._ready:
            if not (piece := self._next()):
                raise BackupDamaged(_("The key store ends before it begins."))
            self._ready += piece
        line, _end, self._ready = self._ready.partition(b"\n")
        self.head = Head(**json.loads(line))

    def rows(self) -> Iterator[bytes]:
        yield self._ready
        while piece := self._next():
            yield piece

    def _next(self) -> bytes:
        while packed := self._clear.read(1 << 18):
            if piece := self._unpacker.decompress(packed):
                return piece
        return self._unpacker.flush()

    @property
    def files(self) -> dict[str, bytes]:
        return {name: base64.b64decode(text) for name, text in self.head.files.items()}


def open_keystore(
    target: Target, store: KeyStore, *, by: Sequence[Identity]
) -> AbstractContextManager[BinaryIO]:
    """A context: the clear stream for OpenKeyStore."""
    return decrypted(target.read(store.stored.name), by=by, name=store.stored.name)


def copy_in(columns: Sequence[str]) -> sql.Composed:
    return _copy(columns, "FROM STDIN")


def _copy(columns: Sequence[str], direction: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) {}").format(
        sql.Identifier(*TABLE),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(direction),
    )


def _key_files(places: BackupPlaces) -> dict[str, str]:
    here = [path for path in sorted(places.keys.iterdir()) if _belongs(path)]
    return {
        path.name: base64.b64encode(path.read_bytes()).decode()
        for path in (*here, *places.other_keys)
        if path.is_file() and path.stat().st_size <= FILE_BYTES_MAX
    }


def _belongs(path: Path) -> bool:
    return not path.name.startswith((".", *STAY_HERE)) and path.suffix not in {".lock", ".jsonl"}


def _read(target: Target, name: str) -> KeyStore | None:
    try:
        with target.read(name) as file:
            body = json.loads(file.read())
        signature = bytes.fromhex(body.pop("signature"))
        if not is_signed_by(body["signer"], plain_text(body), signature):
            return None
        stored = Stored(body["name"], body["bytes"], body["sha256"])
        taken_at = datetime.fromisoformat(body["taken_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return KeyStore(name.rpartition("/")[2].removesuffix(".json"), taken_at, stored, body["signer"])
