"""A list as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), streamed page by page."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tresen.entrypoints.backoffice.kit.cells import cell_text
from tresen.entrypoints.backoffice.kit.types import (
    EXPORT_MAX,
    Column,
    Found,
    ListQuery,
    ListSpec,
    Row,
)
from tresen.foundation.money import Money

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class _Line:
    """A file that hands each written line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    spec: ListSpec[Row], *, asked: ListQuery, load: Callable[[ListQuery], Found[Row]]
) -> Iterator[str]:
    """The chosen columns of every matching row, from the first page on."""
    columns = [column for column in spec.columns if column.name in asked.columns]
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow(_titles(columns))
    for row in _all_rows(replace(asked, after="", before="", limit=spec.export_batch), load):
        yield writer.writerow(_texts(columns, row))


def _all_rows(asked: ListQuery, load: Callable[[ListQuery], Found[Row]]) -> Iterator[Row]:
    told = 0
    while told < EXPORT_MAX:
        found = load(asked)
        yield from found.rows
        told += len(found.rows)
        if not found.next_cursor:
            return
        assert found.next_cursor != asked.after, "the list does not move on"
        asked = replace(asked, after=found.next_cursor)


def _titles(columns: Sequence[Column[Row]]) -> Iterator[str]:
    """An amount takes two columns: the number and its currency."""
    for column in columns:
        yield str(column.title)
        if column.kind == "money":
            yield f"{column.title} (ISO 4217)"


def _texts(columns: Sequence[Column[Row]], row: Row) -> Iterator[str]:
    for column in columns:
        value = column.value(row)
        yield cell_text(value)
        if column.kind == "money":
            yield value.currency if isinstance(value, Money) else ""
