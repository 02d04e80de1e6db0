"""Where encrypted bytes are put: the port, and a folder as its first adapter.

The port asks for no more than object storage offers (whole objects under flat names, no append,
no rename), so that such a store is one more class beside FolderTarget. Names sort by time. For a
store that even a thief of this machine's rights cannot empty, give the account of the target the
right to add but not to delete (object lock, an append-only share), and prune from over there.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

READ_BYTES = 1 << 20
DRAFT = ".draft"
FILE_MODE = 0o600
FOLDER_MODE = 0o700


class TargetUnusable(Trouble):
    """Nothing can be put there; the message says why."""


@dataclass(frozen=True)
class Stored:
    """What lies in the target now: ciphertext, its length and its SHA-256."""

    name: str
    bytes: int
    sha256: str


class Target(Protocol):
    def put(self, name: str, fill: Callable[[Sink], None]) -> Stored:
        """Whole or not at all, and on the disk when it returns. Raises TargetUnusable."""

    def read(self, name: str) -> BinaryIO:
        """Raises FileNotFoundError."""

    def names(self, prefix: str) -> list[str]:
        """Everything below, sorted; drafts are not there."""

    def size_of(self, name: str) -> int: ...

    def delete(self, name: str) -> None:
        """What is not there counts as deleted."""


class Sink:
    """A file that knows its length and its hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.bytes = 0

    def write(self, piece: bytes) -> int:
        self._hash.update(piece)
        self.bytes += len(piece)
        self._file.write(piece)
        return len(piece)

    def flush(self) -> None:
        self._file.flush()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class FolderTarget:
    """A folder: another disk, a mounted share, a second machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, fill: Callable[[Sink], None]) -> Stored:
        path = self.root / name
        draft = path.with_name(f"{path.name}.{os.getpid()}{DRAFT}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            with open(draft, "wb", opener=_private) as file:
                sink = Sink(file)
                fill(sink)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            _sync_folder(path.parent)
        except OSError as failure:
            _drop(draft)
            raise _explained(failure, self.root) from failure
        except BaseException:
            _drop(draft)
            raise
        return Stored(name, sink.bytes, sink.sha256)

    def read(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def names(self, prefix: str) -> list[str]:
        folder = self.root / prefix
        return sorted(
            str(path.relative_to(self.root))
            for path in folder.rglob("*")
            if path.is_file() and not path.name.endswith(DRAFT)
        )

    def size_of(self, name: str) -> int:
        return (self.root / name).stat().st_size

    def delete(self, name: str) -> None:
        path = self.root / name
        path.unlink(missing_ok=True)
        if path.parent != self.root and not any(path.parent.iterdir()):
            with contextlib.suppress(OSError):
                path.parent.rmdir()


def put_bytes(target: Target, name: str, content: bytes) -> Stored:
    def fill(sink: Sink) -> None:
        sink.write(content)

    return target.put(name, fill)


def hash_of(target: Target, name: str) -> str:
    with target.read(name) as file:
        found = hashlib.sha256()
        while piece := file.read(READ_BYTES):
            found.update(piece)
        return found.hexdigest()


def _drop(draft: Path) -> None:
    """As far as the folder lets us: whatever it was that failed is what is told."""
    with contextlib.suppress(OSError):
        draft.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, FILE_MODE)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(failure: OSError, root: Path) -> TargetUnusable:
    if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
        return TargetUnusable(
            _(
                "The backups' folder {folder} is full. Free space there, or lower "
                "TRESEN_BACKUP_GIB; the database keeps what is missing for a while."
            ),
            folder=root,
        )
    return TargetUnusable(
        _(
            "The backups' folder {folder} cannot be written: {reason}. Is its disk there, and may "
            "this user write to it? Another one is named with TRESEN_BACKUP_TO."
        ),
        folder=root,
        reason=failure.strerror or failure,
    )
