"""The demo's carrier: each letter becomes a file that any mail program opens."""

from __future__ import annotations

import os
from pathlib import Path

from tresen.adapters.mail.message import packed
from tresen.domains.conversations.ports import NotTaken
from tresen.domains.conversations.types import Letter

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700


class FolderCarrier:
    """Writes `<letter id>.eml` into a folder; the same letter replaces its own file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, letter: Letter) -> None:
        raw = packed(letter)
        try:
            self._keep(letter, raw)
        except OSError as error:
            raise NotTaken(f"cannot write into the mail folder: {error.strerror}") from error

    def _keep(self, letter: Letter, raw: bytes) -> None:
        target = self.folder / f"{letter.id}.eml"
        draft = target.with_suffix(f".{os.getpid()}.draft")
        try:
            descriptor = _open(draft)
        except FileNotFoundError:
            self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            descriptor = _open(draft)
        try:
            assert os.write(descriptor, raw) == len(raw)
        finally:
            os.close(descriptor)
        draft.replace(target)


def _open(file: Path) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
