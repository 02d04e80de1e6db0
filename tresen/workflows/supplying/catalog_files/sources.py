"""Opening files: plain, .gz, and the members of .zip; bytes come out, progress is known."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.faults import FileUnreadable

FORMATS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


@dataclass(slots=True)
class Source:
    """One stream of bytes. `done` bytes of the file on disk (of `size`) are read so far."""

    name: str
    format: str
    stream: IO[bytes]
    raw: IO[bytes]
    size: int

    @property
    def done(self) -> int:
        return self.raw.tell()


@contextmanager
def opened(path: Path, *, format_given: str = "") -> Iterator[Iterator[Source]]:
    """The streams in a file: one, or one for each readable member of a .zip.

    Raises FileUnreadable for a broken archive or a format that nobody named.
    """
    with path.open("rb") as raw:
        yield _sources(path, raw, format_given)


def format_of(name: str, *, file: str) -> str:
    """By the end of the name. Raises FileUnreadable."""
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        why = _(
            "the ending «{ending}» is not one of {known}; name the format in the mapping "
            '(format = "csv", "json" or "jsonl")',
            ending=suffix,
            known=", ".join(sorted(FORMATS)),
        )
        raise FileUnreadable(file=file, line=0, why=why)
    return FORMATS[suffix]


def _sources(path: Path, raw: IO[bytes], format_given: str) -> Iterator[Source]:
    size = path.stat().st_size
    if path.suffix.lower() == ".zip":
        yield from _members(path, raw, size, format_given)
        return
    inner = path.with_suffix("").name if path.suffix.lower() == ".gz" else path.name
    kind = format_given or format_of(inner, file=path.name)
    stream: IO[bytes] = raw
    if path.suffix.lower() == ".gz":
        stream = gzip.GzipFile(fileobj=raw)  # type: ignore[assignment]  # reads as IO[bytes] does
    yield Source(name=path.name, format=kind, stream=stream, raw=raw, size=size)


def _members(path: Path, raw: IO[bytes], size: int, format_given: str) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(raw)
    except zipfile.BadZipFile as broken:
        why = _("no archive: {reason}", reason=broken)
        raise FileUnreadable(file=path.name, line=0, why=why) from broken
    names = [name for name in sorted(archive.namelist()) if _is_readable(name, format_given)]
    if not names:
        why = _("there is no CSV or JSON file inside")
        raise FileUnreadable(file=path.name, line=0, why=why)
    for name in names:
        kind = format_given or format_of(name, file=path.name)
        with archive.open(name) as stream:
            yield Source(name=f"{path.name}/{name}", format=kind, stream=stream, raw=raw, size=size)


def _is_readable(name: str, format_given: str) -> bool:
    if name.endswith("/") or name.startswith("__MACOSX"):
        return False
    return bool(format_given) or Path(name).suffix.lower() in FORMATS
