"""The children's log files: appended to, turned over when they are big, quoted when one dies."""

from __future__ import annotations

import shutil
from pathlib import Path

BYTES_MAX = 20_000_000
KEPT = 3
TAIL_LINES = 15
TAIL_BYTES = 16_384


def turn_over(path: Path, *, bytes_max: int = BYTES_MAX) -> None:
    """Copied and cut: the writer keeps its open file, which it appends to."""
    if not path.exists() or path.stat().st_size <= bytes_max:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    shutil.copyfile(path, path.with_name(f"{path.name}.1"))
    with path.open("r+b") as file:
        file.truncate(0)


def tail(path: Path, *, lines: int = TAIL_LINES) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
