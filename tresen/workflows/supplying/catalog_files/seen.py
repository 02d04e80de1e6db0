"""Which article numbers an import has met, kept on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from typing import Self


class Seen:
    """A temporary file that the system removes when it is closed."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("CREATE TABLE seen (sku TEXT PRIMARY KEY) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._file.close()

    def meet(self, sku: str) -> bool:
        """False if it was met before."""
        return self._file.execute("INSERT OR IGNORE INTO seen VALUES (?)", (sku,)).rowcount > 0
