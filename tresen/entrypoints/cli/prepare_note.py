"""What the demo says at the door, handed from the process that fills it to the one that greets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_greeting(data: Path, lines: Sequence[str]) -> None:
    _file(data).write_text("\n".join(lines), encoding="utf-8")


def read_greeting(data: Path) -> list[str]:
    try:
        return _file(data).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _file(data: Path) -> Path:
    return data / "run" / "greeting.txt"
