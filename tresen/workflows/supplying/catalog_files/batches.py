"""From files to batches of shaped products; no database is asked here."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.faults import FileUnreadable, RecordFault, SkuSeen
from tresen.workflows.supplying.catalog_files.mapped import MappedShaper
from tresen.workflows.supplying.catalog_files.mapping_types import FileMapping, MappingWrong
from tresen.workflows.supplying.catalog_files.own import OwnShaper, is_own
from tresen.workflows.supplying.catalog_files.records import Reading, Record, read_records
from tresen.workflows.supplying.catalog_files.seen import Seen
from tresen.workflows.supplying.catalog_files.shaped import Definitions, Shaped
from tresen.workflows.supplying.catalog_files.sources import Source, opened

Shaper = MappedShaper | OwnShaper


@dataclass(slots=True)
class Batch:
    """Some products, what they refer to, and what could not be shaped on the way.

    `records` were read for it; `done` bytes of all files lie behind it; `unread` says why a file
    broke off here.
    """

    shaped: list[Shaped] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    faults: list[RecordFault] = field(default_factory=list)
    records: int = 0
    done: int = 0
    unread: str = ""


def read_batches(
    paths: Sequence[Path], *, mapping: FileMapping | None, shaper: Shaper, size: int
) -> Iterator[Batch]:
    """All records of all files, `size` products at a time. Raises MappingWrong.

    The first record that brings an article number counts, whatever becomes of it.
    """
    with Seen() as seen:
        yield from _Reader(mapping, shaper, size, seen).batches(paths)


class _Reader:
    """One run through all files."""

    def __init__(self, mapping: FileMapping | None, shaper: Shaper, size: int, seen: Seen) -> None:
        self._mapping = mapping
        self._shaper = shaper
        self._size = size
        self._seen = seen
        self._batch = Batch()
        self._done = 0

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        for path in paths:
            try:
                yield from self._file(path)
            except FileUnreadable as unreadable:
                self._batch.unread = str(unreadable)
            self._done += path.stat().st_size
            yield self._cut(self._done)

    def _file(self, path: Path) -> Iterator[Batch]:
        given = self._mapping.format if self._mapping else ""
        with opened(path, format_given=given) as sources:
            for source in sources:
                yield from self._source(source)

    def _source(self, source: Source) -> Iterator[Batch]:
        try:
            records = read_records(source, reading=_reading(self._mapping))
            for number, record in enumerate(records):
                if number == 0:
                    _check_first(record, source, self._mapping)
                self._batch.records += 1
                self._take(self._shaper.shape(record, file=source.name))
                if len(self._batch.shaped) >= self._size:
                    yield self._cut(self._done + source.done)
        finally:
            self._take(self._shaper.rest(file=source.name))

    def _cut(self, done: int) -> Batch:
        batch, self._batch = self._batch, Batch()
        batch.definitions = self._shaper.take_definitions()
        batch.done = done
        return batch

    def _take(self, found: Sequence[Shaped | RecordFault]) -> None:
        for one in found:
            fault = one if isinstance(one, RecordFault) else self._double(one)
            if fault is not None:
                self._batch.faults.append(fault)
            elif isinstance(one, Shaped):
                self._batch.shaped.append(one)

    def _double(self, shaped: Shaped) -> RecordFault | None:
        """Said of the second record that brings an article number."""
        for variant in shaped.draft.variants:
            sku = variant.sku.strip()
            if sku and not self._seen.meet(sku):
                refusal = SkuSeen(field="sku", params={"sku": sku})
                return RecordFault(file=shaped.file, line=shaped.line, sku=sku, refusal=refusal)
        return None


def _reading(mapping: FileMapping | None) -> Reading:
    if mapping is None:
        return Reading()
    return Reading(encoding=mapping.encoding, delimiter=mapping.delimiter, records=mapping.records)


def _check_first(record: Record, source: Source, mapping: FileMapping | None) -> None:
    """A file of ours must look like ours; a table must have the columns that are named."""
    if mapping is None:
        if record.wrong is None and not is_own(record.data):
            why = _("this is no file of `tresen export catalog`; foreign files need --mapping")
            raise FileUnreadable(file=source.name, line=record.line, why=why)
        return
    if source.format != "csv" or record.wrong is not None:
        return
    columns = list(record.data)
    for rule in mapping.fields:
        if not any(one in record.data for one in rule.sources):
            why = _no_column(rule.sources[0], columns, source)
            raise MappingWrong(file=mapping.name, line=rule.line, why=why)


def _no_column(name: str, columns: list[str], source: Source) -> str:
    near = difflib.get_close_matches(name, columns, n=1)
    sentences = [
        _("{file} has no column «{name}».", file=source.name, name=name),
        *([_("Did you mean «{name}»?", name=near[0])] if near else []),
        _("There are: {columns}.", columns=", ".join(columns)),
    ]
    return " ".join(sentences)
