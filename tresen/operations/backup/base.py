"""A base backup: the cluster as the server streams it, compressed and encrypted on the way."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from pyrage.x25519 import Recipient

from tresen.operations.backup.envelopes import filled_from
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.positions import read_lsn
from tresen.operations.backup.source import Source
from tresen.operations.backup.target import Sink, Stored, Target
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.binaries import packaged_binaries
from tresen.operations.postgres.programs import PLAIN
from tresen.operations.words.speaking import gettext_noop as _

BLOCK = 512
READ_BYTES = 256 * 1024
GZIP = 31
COMPRESSION = 1
SERVER_MANIFEST = "backup_manifest"
WAIT_SECONDS_MAX = 600.0
"""For the receiver to bring the log up to the end of the backup."""


class BaseBackupFailed(Trouble):
    """The server or its program broke off; the message carries their words."""


@dataclass(frozen=True)
class Taken:
    """The encrypted cluster, and what the list of the backup says about it."""

    stored: Stored
    start: int
    end: int
    clear_bytes: int
    seconds: float
    started_at: datetime
    finished_at: datetime
    server_manifest: bytes
    superuser: str
    database: str


@dataclass
class Tap:
    """Reads a tar stream through, counts it, compresses it, and catches a few small members."""

    source: BinaryIO
    clear_bytes: int = 0
    caught: dict[str, bytearray] = field(default_factory=dict)
    _packer: zlib._Compress = field(
        default_factory=lambda: zlib.compressobj(COMPRESSION, zlib.DEFLATED, GZIP)
    )
    _ready: bytearray = field(default_factory=bytearray)
    _ended: bool = False
    _header: bytearray = field(default_factory=bytearray)
    _skip: int = 0
    _catching: bytearray | None = None
    _catch: int = 0

    def read(self, size: int = -1) -> bytes:
        """Compressed bytes, as many as asked for while there are some."""
        while len(self._ready) < size and not self._ended:
            piece = self.source.read(READ_BYTES)
            if piece:
                self.clear_bytes += len(piece)
                self._watch(memoryview(piece))
                self._ready += self._packer.compress(piece)
            else:
                self._ready += self._packer.flush()
                self._ended = True
        out = bytes(self._ready[:size])
        del self._ready[:size]
        return out

    def _watch(self, view: memoryview) -> None:
        while view:
            if self._skip:
                step = min(self._skip, len(view))
                if self._catching is not None and self._catch:
                    kept = min(self._catch, step)
                    self._catching += view[:kept]
                    self._catch -= kept
                self._skip -= step
                view = view[step:]
                continue
            step = min(BLOCK - len(self._header), len(view))
            self._header += view[:step]
            view = view[step:]
            if len(self._header) == BLOCK:
                self._begin_member(bytes(self._header))
                self._header.clear()

    def _begin_member(self, header: bytes) -> None:
        name = header[:100].rstrip(b"\0").decode(errors="replace")
        size = _size_in(header[124:136])
        self._skip = -(-size // BLOCK) * BLOCK
        self._catching = (
            self.caught.setdefault(name, bytearray()) if name == SERVER_MANIFEST else None
        )
        self._catch = size if self._catching is not None else 0


def take_base(
    places: BackupPlaces,
    source: Source,
    target: Target,
    *,
    name: str,
    to: Sequence[Recipient],
    since: Path | None,
) -> Taken:
    """`since` is the server's own list of an earlier backup; only what changed is copied then."""
    begun, asked = time.monotonic(), _ask_server(source)
    command: list[str | Path] = [
        packaged_binaries() / "pg_basebackup",
        *("--pgdata=-", "--format=tar", "--wal-method=none", "--checkpoint=fast"),
        *("--label=tresen", "--no-password"),
        *([f"--incremental={since}"] if since else []),
    ]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  # our own program, our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**PLAIN, **source.environ},
            cwd=places.data,
        )
        tap = Tap(cast("BinaryIO", process.stdout))
        fill = _checked(filled_from(cast("BinaryIO", tap), to), process, errors)
        try:
            stored = target.put(name, fill)
        finally:
            process.kill()
            process.wait()
    server_manifest = bytes(tap.caught[SERVER_MANIFEST])
    ranges = json.loads(server_manifest)["WAL-Ranges"]
    seconds = time.monotonic() - begun
    return Taken(
        stored=stored,
        start=min(read_lsn(one["Start-LSN"]) for one in ranges),
        end=max(read_lsn(one["End-LSN"]) for one in ranges),
        clear_bytes=tap.clear_bytes,
        seconds=seconds,
        started_at=asked.at,
        finished_at=_ask_server(source).at,
        server_manifest=server_manifest,
        superuser=asked.superuser,
        database=asked.database,
    )


def wait_for_log(reached: Callable[[], int], *, end: int, alive: Callable[[], bool]) -> None:
    """A backup without the log to its own end is none. Raises BaseBackupFailed."""
    until = time.monotonic() + WAIT_SECONDS_MAX
    while reached() < end:
        if not alive() or time.monotonic() > until:
            raise BaseBackupFailed(
                _(
                    "The log did not follow the base backup to its end; the backup does not "
                    "count. It is tried again by itself."
                )
            )
        time.sleep(0.05)


def _checked(
    fill: Callable[[Sink], None], process: subprocess.Popen[bytes], errors: BinaryIO
) -> Callable[[Sink], None]:
    """What a program that failed has said so far is not kept."""

    def run(sink: Sink) -> None:
        fill(sink)
        if process.wait() != 0:
            words = _words(errors)[-1000:].strip()
            raise BaseBackupFailed(_("The base backup broke off: {words}"), words=words)

    return run


def _words(errors: BinaryIO) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace")


@dataclass(frozen=True)
class _Asked:
    """`at`: commits carry the server's clock, so do the limits of what can be restored."""

    at: datetime
    superuser: str
    database: str


def _ask_server(source: Source) -> _Asked:
    with source.connect() as connection:
        row = connection.execute(
            "SELECT clock_timestamp(), (SELECT rolname FROM pg_roles WHERE oid = 10), "
            "current_database()"
        ).fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    return _Asked(row[0].astimezone(UTC), str(row[1]), str(row[2]))


def _size_in(text: bytes) -> int:
    """Octal, or binary where a file is larger than octal can say."""
    if text[0] & 0x80:
        return int.from_bytes(bytes([text[0] & 0x7F]) + text[1:], "big")
    return int(text.rstrip(b" \0") or b"0", 8)
