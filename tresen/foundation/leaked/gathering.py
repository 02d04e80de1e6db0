"""Add passwords to the list: sorted runs on disk, merged; any size in a bounded memory."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tresen.foundation.leaked.prefixes import PREFIX_BYTES, count_listed

RUN_MAX = 1_000_000
_BLOCK = PREFIX_BYTES * 8_192


def add_prefixes(prefixes: Iterable[bytes], *, file: Path, run_max: int = RUN_MAX) -> int:
    """Put the list in place of the former one, at once; says how many are new."""
    before = count_listed(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=file.parent) as folder:
        runs = [file] if file.exists() else []
        waiting = iter(prefixes)
        while chunk := sorted(set(islice(waiting, run_max))):
            run = Path(folder) / f"run{len(runs)}"
            run.write_bytes(b"".join(chunk))
            runs.append(run)
        draft = Path(folder) / "whole"
        with draft.open("wb") as out:
            for entry in _once(heapq.merge(*(_entries(run) for run in runs))):
                out.write(entry)
        draft.replace(file)
    return count_listed(file) - before


def _entries(run: Path) -> Iterator[bytes]:
    with run.open("rb") as opened:
        while block := opened.read(_BLOCK):
            for start in range(0, len(block), PREFIX_BYTES):
                yield block[start : start + PREFIX_BYTES]


def _once(entries: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for entry in entries:
        if entry != last:
            yield entry
            last = entry
