"""Set-based SQL for hot paths: prepared, bound on the server, and pipelined where it pays.

Rows come back as tuples; JSON comes as text, as Django has it. Statements use %s places. Errors
are Django's (IntegrityError …).
Inside `pipelined()` writes are queued and reads are answered late, so that ten statements
cost one trip; the first failure surfaces at the end of the block or at the first answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

import psycopg
from django.db import connection
from django.db.utils import IntegrityError

T = TypeVar("T")
Row = tuple[object, ...]


class Asked(Generic[T]):
    """A read that is on its way; `answer()` waits for it."""

    __slots__ = ("_cursor", "_shape")

    def __init__(self, cursor: psycopg.Cursor[Row], shape: Callable[[list[Row]], T]) -> None:
        self._cursor = cursor
        self._shape = shape

    def answer(self) -> T:
        with connection.wrap_database_errors:
            return self._shape(self._cursor.fetchall())


def ask(
    statement: str, params: Sequence[object] = (), *, shape: Callable[[list[Row]], T]
) -> Asked[T]:
    """Send a read; its rows go through `shape` when answered."""
    return Asked(_execute(statement, params), shape)


def rows(statement: str, params: Sequence[object] = ()) -> list[Row]:
    """Read at once."""
    with connection.wrap_database_errors:
        return _execute(statement, params).fetchall()


def run(statement: str, params: Sequence[object] = ()) -> None:
    """Write; nothing is wanted back. Queued inside `pipelined()`."""
    _execute(statement, params)


def changed(statement: str, params: Sequence[object] = ()) -> int:
    """Write at once and say how many rows it touched. Not for use inside `pipelined()`."""
    return _execute(statement, params).rowcount


@contextmanager
def pipelined() -> Iterator[None]:
    """Queue statements and wait once (libpq pipeline mode). Nesting is allowed."""
    connection.ensure_connection()
    with connection.wrap_database_errors, _raw().pipeline():
        yield


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was broken, or an empty text."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""


def _raw() -> psycopg.Connection[Row]:
    return cast("psycopg.Connection[Row]", connection.connection)


def _execute(statement: str, params: Sequence[object]) -> psycopg.Cursor[Row]:
    connection.ensure_connection()
    cursor = psycopg.Cursor(_raw())
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement, "time": "0"})
    with connection.wrap_database_errors:
        cursor.execute(statement.encode(), params, prepare=True)
    return cursor
