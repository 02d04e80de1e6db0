"""The erasure ledger: a file beside the keys that outlives every restore; ids and times only.

One line of JSON for each person who was erased: {"subject", "classes", "at"}. After a restore it
is replayed, so that nobody comes back. The file is written after the erasure was kept, and what a
crash left out is made up for from the table of persons.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

TAIL_BYTES_MAX = 2_000_000
"""As much as is looked at: some fifteen thousand erasures."""
FILE_MODE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One line: whose keys of which classes went, and when."""

    subject: UUID
    classes: tuple[str, ...]
    at: datetime


def add_erasures(path: Path, lines: Sequence[Erased]) -> None:
    """Add whole lines at the end, kept on disk before this returns."""
    if not lines:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(_written(line) for line in lines).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
    try:
        os.write(descriptor, text)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last_erasures(path: Path) -> list[Erased]:
    """The newest lines, oldest first; a line that was cut off is left out."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES_MAX))
            raw = file.read().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    return [_read(line) for line in raw if line.startswith(b"{") and line.endswith(b"}\n")]


def _written(line: Erased) -> str:
    body = {"subject": str(line.subject), "classes": list(line.classes), "at": line.at.isoformat()}
    return json.dumps(body) + "\n"


def _read(line: bytes) -> Erased:
    body = json.loads(line)
    return Erased(
        subject=UUID(body["subject"]),
        classes=tuple(body["classes"]),
        at=datetime.fromisoformat(body["at"]),
    )
