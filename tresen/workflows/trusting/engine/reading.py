"""All rows of one person, opened, as the registry declares them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from tresen.foundation import sql
from tresen.foundation.vault.personal import PersonalColumn, Shape
from tresen.foundation.vault.records import PersonalRows
from tresen.foundation.vault.sealing import CannotOpen, prefetch, reading_restricted, unseal
from tresen.workflows.trusting.registry import all_rows, person_of, told_columns

ROWS_MAX = 2_000
"""Of one table and one person; nobody who buys for themselves has so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A person as rows name them: by id, and by the fingerprints of their address."""

    person_id: UUID
    indexes: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row: what is personal in it, and the plain facts that make it understood."""

    id: str
    born: datetime | None
    values: Mapping[str, object]
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What lies in one table about a person."""

    rows: PersonalRows
    columns: tuple[PersonalColumn, ...]
    records: tuple[Record, ...] = field(repr=False)


def read_person(whose: Whose, *, limit: int = ROWS_MAX) -> Iterator[Held]:
    """A statement for each declared table, and one for its keys; empty tables are left out.

    The person themselves are told also what law keeps locked.
    """
    for rows in all_rows():
        condition, param = condition_of(rows, whose)
        held = _read(rows, condition, param, limit) if condition else None
        if held is not None and held.records:
            yield held


def condition_of(rows: PersonalRows, whose: Whose) -> tuple[str, object]:
    """Which rows `t` are theirs, and what fills its one place; no condition where none can be."""
    only = f" AND ({rows.only})" if rows.only else ""
    if rows.by_email:
        return f"t.{rows.by_email} = ANY(%s::bytea[]){only}", list(whose.indexes)
    person = person_of(rows)
    return (f"{person} = %s{only}", whose.person_id) if person else ("", None)


def plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return None if isinstance(value, bytes | memoryview) else value


def _read(rows: PersonalRows, condition: str, param: object, limit: int) -> Held:
    columns = told_columns(rows)
    bound = [column.row for column in columns]
    names = [rows.key, *([rows.born] if rows.born else []), *(c.column for c in columns), *bound]
    names += rows.shows
    order = f"t.{rows.born}, t.{rows.key}" if rows.born else f"t.{rows.key}"
    found = sql.rows(
        f"SELECT {', '.join(f't.{name}' for name in names)} FROM {rows.table} t"  # noqa: S608
        f" WHERE {condition} ORDER BY {order} LIMIT {int(limit)}",
        (param,),
    )
    prefetch(value for row in found for value in row if isinstance(value, bytes | memoryview))
    with reading_restricted():
        records = tuple(_record(rows, columns, values) for values in found)
    return Held(rows=rows, columns=columns, records=records)


def _record(rows: PersonalRows, columns: Sequence[PersonalColumn], row: sql.Row) -> Record:
    first = 2 if rows.born else 1
    born, rest = (row[1] if rows.born else None), row[first:]
    values, bound, facts = (
        rest[: len(columns)],
        rest[len(columns) : 2 * len(columns)],
        rest[2 * len(columns) :],
    )
    return Record(
        id=str(row[0]),
        born=born if isinstance(born, datetime) else None,
        values={
            column.column: _clear(column, value, key)
            for column, value, key in zip(columns, values, bound, strict=True)
        },
        facts={name: plain(value) for name, value in zip(rows.shows, facts, strict=True)},
    )


def _clear(column: PersonalColumn, value: object, row: object) -> object:
    """None where nothing is there, or nobody can read it any more."""
    if not isinstance(value, bytes | memoryview):
        return plain(value)
    try:
        clear = unseal(bytes(value), place=column.place, row=row).decode(errors="replace")
    except CannotOpen:
        return None
    return json.loads(clear) if column.shape is Shape.JSON else clear
