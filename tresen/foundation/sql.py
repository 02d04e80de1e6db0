"""Set-based SQL for hot paths: prepared, bound on the server, and pipelined where it pays.

Rows come back as tuples; JSON comes as text, as Django has it. Statements use %s places, and
say the type of an array (%s::uuid[]). Errors are Django's (IntegrityError …).
Inside `pipelined()` writes are queued and reads are answered late, so that ten statements
cost one trip; the first failure surfaces at the end of the block or at the first answer.
`transaction()` is a transaction whose BEGIN and COMMIT travel along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Generic, TypeVar
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import transaction as django_transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import IntegrityError

from tresen.foundation.database.connections import DeadlineConnection

T = TypeVar("T")
_PLAIN = {UUID, int, bool}
Row = tuple[object, ...]


class Asked(Generic[T]):
    """A read that is on its way; `answer()` waits for it."""

    __slots__ = ("_cursor", "_database", "_shape")

    def __init__(
        self,
        cursor: psycopg.Cursor[Row],
        shape: Callable[[list[Row]], T],
        database: BaseDatabaseWrapper,
    ) -> None:
        self._cursor = cursor
        self._shape = shape
        self._database = database

    def answer(self) -> T:
        with self._database.wrap_database_errors:
            found = self._cursor.fetchall()
        return self._shape(found)


def ask(
    statement: str, params: Sequence[object] = (), *, shape: Callable[[list[Row]], T]
) -> Asked[T]:
    """Send a read; its rows go through `shape` when answered."""
    database = connections[DEFAULT_DB_ALIAS]
    return Asked(_execute(database, statement, params), shape, database)


def rows(statement: str, params: Sequence[object] = ()) -> list[Row]:
    """Read at once."""
    database = connections[DEFAULT_DB_ALIAS]
    with database.wrap_database_errors:
        return _execute(database, statement, params).fetchall()


def run(statement: str, params: Sequence[object] = ()) -> None:
    """Write; nothing is wanted back. Queued inside `pipelined()`."""
    _execute(connections[DEFAULT_DB_ALIAS], statement, params)


def changed(statement: str, params: Sequence[object] = ()) -> int:
    """Write at once and say how many rows it touched. Not for use inside `pipelined()`."""
    return _execute(connections[DEFAULT_DB_ALIAS], statement, params).rowcount


@contextmanager
def pipelined() -> Iterator[None]:
    """Queue statements and wait once for all of them. Inside another one it changes nothing."""
    database = connections[DEFAULT_DB_ALIAS]
    raw = _raw(database)
    if raw.is_batching:
        yield
        return
    with database.wrap_database_errors, raw.batch():
        yield


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing, in as few trips as there are answers to wait for.

    BEGIN goes out with the first statements and COMMIT with the last. Nothing that counts touched
    rows (`changed`, `update()` of the ORM) belongs in it.
    """
    database = connections[DEFAULT_DB_ALIAS]
    is_inner = database.in_atomic_block
    with pipelined(), django_transaction.atomic():
        try:
            yield
        except BaseException:
            with suppress(psycopg.Error):
                _raw(database).settle()  # a savepoint cannot be reached before
            raise
        if is_inner:
            with database.wrap_database_errors:
                _raw(database).settle()  # what failed must fail before the savepoint is let go


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was broken, or an empty text."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""


def _raw(database: BaseDatabaseWrapper) -> DeadlineConnection:
    if database.connection is None:
        database.ensure_connection()
    raw = database.connection
    assert isinstance(raw, DeadlineConnection), "not a connection of tresen.foundation.database"
    return raw


def _execute(
    database: BaseDatabaseWrapper, statement: str, params: Sequence[object]
) -> psycopg.Cursor[Row]:
    cursor = psycopg.Cursor(_raw(database))
    if database.queries_logged:
        database.queries_log.append({"sql": statement, "time": "0"})
    with database.wrap_database_errors:
        cursor.execute(_encoded(statement), [_sent(value) for value in params], prepare=True)
    return cursor


def _sent(value: object) -> object:
    """Lists of ids and numbers as their text: cheaper to write, and one type whatever is in it."""
    if type(value) is not list or not value:
        return value
    kinds = set(map(type, value))
    return f"{{{','.join(map(str, value))}}}" if kinds <= _PLAIN and len(kinds) == 1 else value


@lru_cache(maxsize=1024)
def _encoded(statement: str) -> bytes:
    return statement.encode()
