"""What an import is asked to do, and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tresen.workflows.supplying.catalog_files.faults import RecordFault
from tresen.workflows.supplying.catalog_files.mapping_types import FileMapping

BATCH = 2_000

Told = Callable[[RecordFault], None]
Progress = Callable[[int, int], None]
"""Bytes of the files done so far, and records read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What to take in and how. Without a mapping the files are of our own format.

    `channel` publishes what was never published there; `price_list` is needed for files that
    bring prices without naming a list; pictures are looked for in `media`, never fetched.
    """

    paths: tuple[Path, ...]
    mapping: FileMapping | None = None
    channel: str = ""
    price_list: str = ""
    location: str = ""
    media: Path | None = None
    is_dry_run: bool = False
    batch: int = BATCH


@dataclass(slots=True)
class ImportResult:
    """Counts of an import. `unread` are files that broke off; `unused` fields never met."""

    records: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: int = 0
    prices_changed: int = 0
    pictures: int = 0
    unread: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
