"""Records one by one, whatever the file: memory holds one chunk and one record."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from zipfile import BadZipFile

from tresen.foundation.refusals import Refusal
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.faults import (
    ColumnsDiffer,
    FieldTooBig,
    FileUnreadable,
    NotOurEncoding,
)
from tresen.workflows.supplying.catalog_files.json_records import json_lines, json_records
from tresen.workflows.supplying.catalog_files.sources import Source

Data = Mapping[str, object]

FIELD_LENGTH_MAX: Final = 1_000_000
_CSV_FIELD_LIMIT: Final = 16 * FIELD_LENGTH_MAX
_HEADING_LENGTH_MAX: Final = 1_000_000
_DELIMITERS: Final = ",;\t|"
_BROKEN: Final = (EOFError, OSError, zlib.error, BadZipFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is written, as far as the mapping says."""

    encoding: str = "utf-8-sig"
    delimiter: str = ""
    records: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record and the line where it begins; `wrong` says why there is no data."""

    line: int
    data: Data
    wrong: Refusal | None = None


def read_records(source: Source, *, reading: Reading) -> Iterator[Record]:
    """All records of one stream. Raises FileUnreadable where nothing more can be read."""
    if source.format == "csv":
        found = _csv_records(source, reading)
    elif source.format == "jsonl":
        found = _json_lines(source)
    else:
        found = _json_records(source, reading)
    try:
        yield from found
    except _BROKEN as broken:
        why = _("the file is broken: {reason}", reason=broken)
        raise FileUnreadable(file=source.name, line=0, why=why) from broken


def _csv_records(source: Source, reading: Reading) -> Iterator[Record]:
    csv.field_size_limit(_CSV_FIELD_LIMIT)
    with _decoded(source, reading.encoding) as text:
        lines = _Lines(text)
        delimiter = reading.delimiter or _delimiter_of(lines.heading)
        rows = csv.reader(lines, delimiter=delimiter)
        try:
            names = _names(next(rows, []), source)
            begun = lines.taken + 1
            for row in rows:
                if row:
                    yield _csv_record(begun, names, row, reading)
                begun = lines.taken + 1
        except csv.Error as wrong:
            raise FileUnreadable(file=source.name, line=lines.taken, why=str(wrong)) from wrong


@contextmanager
def _decoded(source: Source, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The stream as text; it is not closed with it, for it belongs to whoever opened it."""
    text = io.TextIOWrapper(source.stream, encoding, errors="surrogateescape", newline="")
    try:
        yield text
    finally:
        with suppress(ValueError):  # the file was closed before we were done
            text.detach()


def _names(row: list[str], source: Source) -> list[str]:
    names = [name.strip() for name in row]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        why = _("two columns are named {name}", name=repr(twice[0]))
        raise FileUnreadable(file=source.name, line=1, why=why)
    return names


def _csv_record(line: int, names: list[str], row: list[str], reading: Reading) -> Record:
    wrong: Refusal | None = None
    if len(row) != len(names):
        wrong = ColumnsDiffer(params={"found": len(row), "expected": len(names)})
    elif any(map(_holds_stray_bytes, row)):
        wrong = NotOurEncoding(params={"encoding": reading.encoding})
    elif (longest := max(map(len, row))) > FIELD_LENGTH_MAX:
        wrong = FieldTooBig(params={"length": longest, "max": FIELD_LENGTH_MAX})
    return Record(line, {} if wrong else dict(zip(names, row, strict=True)), wrong)


def _holds_stray_bytes(text: str) -> bool:
    """Bytes that could not be decoded stand as lone surrogates (PEP 383)."""
    return not text.isascii() and any("\udc80" <= sign <= "\udcff" for sign in text)


class _Lines:
    """The lines of a table, counted; NUL bytes, which csv refuses, are dropped."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.heading = text.readline(_HEADING_LENGTH_MAX)
        self.taken = 0
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text) if self.taken else self.heading
        if not line:
            raise StopIteration
        self.taken += 1
        return line.replace("\0", "")


def _delimiter_of(heading: str) -> str:
    """The separator that occurs most often in the heading; a comma where none does."""
    return max(_DELIMITERS, key=heading.count)


def _json_records(source: Source, reading: Reading) -> Iterator[Record]:
    for line, data, wrong in json_records(source, records=reading.records):
        yield Record(line, data, wrong)


def _json_lines(source: Source) -> Iterator[Record]:
    for line, data, wrong in json_lines(source):
        yield Record(line, data, wrong)
