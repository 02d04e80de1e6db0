"""Seals as lines of a file that is only added to: on another disk, a mount, a second machine."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tresen.domains.security.types import Anchor

FILE = "audit-seals.jsonl"
FILE_MODE = 0o640
FOLDER_MODE = 0o700


class FolderPlace:
    """One line for each seal. Keeping one twice leaves two equal lines, which does no harm."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    def keep(self, anchors: Sequence[Anchor]) -> None:
        self._add([_told(anchor) for anchor in anchors])

    def cut(self, *, after: int, now: datetime) -> None:
        """A restore took the tables back to that seal: said in the file, nothing is removed."""
        self._add([{"restored_to": after, "at": now.isoformat()}])

    def read(self) -> Sequence[Anchor]:
        """Empty where nothing was kept yet. A line that was cut off is left out."""
        try:
            lines = self.file.read_text().splitlines()
        except FileNotFoundError:
            return []
        found: list[Anchor] = []
        for line in lines:
            try:
                told = json.loads(line)
                if "restored_to" in told:
                    found = [anchor for anchor in found if anchor.no <= told["restored_to"]]
                else:
                    found.append(_read(told))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def _add(self, told: Sequence[Mapping[str, object]]) -> None:
        lines = "".join(f"{json.dumps(line)}\n" for line in told)
        self.file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self.file, flags, FILE_MODE)
        try:
            assert os.write(descriptor, lines.encode()) == len(lines.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _told(anchor: Anchor) -> dict[str, object]:
    return {
        "seal": anchor.no,
        "deeds": anchor.last,
        "digest": anchor.digest.hex(),
        "sealed_at": anchor.sealed_at.isoformat() if anchor.sealed_at else None,
        "root": anchor.root.hex(),
        "public_key": anchor.public_key.hex(),
    }


def _read(told: Mapping[str, Any]) -> Anchor:
    return Anchor(no=told["seal"], last=told["deeds"], digest=bytes.fromhex(told["digest"]))
