"""On which line of a TOML file a key stands; tomllib does not say."""

from __future__ import annotations

import re
from collections import Counter

_TABLE = re.compile(r"^\s*\[(?!\[)\s*(?P<name>[^\]]+?)\s*\]")
_ENTRY = re.compile(r"^\s*\[\[\s*(?P<name>[^\]]+?)\s*\]\]")
_KEY = re.compile(r"""^\s*(?P<key>"[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")


class Lines:
    """Places of tables, entries of table lists, and keys; 0 for what is not found."""

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[str, ...], int] = {}
        entries: Counter[str] = Counter()
        table: tuple[str, ...] = ()
        for number, line in enumerate(text.splitlines(), start=1):
            if found := _ENTRY.match(line):
                name = found["name"]
                table = (name, str(entries[name]))
                entries[name] += 1
                self._places.setdefault(table, number)
            elif found := _TABLE.match(line):
                table = (found["name"].strip("\"'"),)
                self._places.setdefault(table, number)
            elif found := _KEY.match(line):
                self._places.setdefault((*table, found["key"].strip("\"'")), number)

    def of(self, *path: str) -> int:
        """The line of the key, else of the table it stands in."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._places:
                return self._places[path[:length]]
        return 0
