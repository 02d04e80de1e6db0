"""Another limit for one piece of work: shorter for a probe, longer for a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from tresen.foundation.database.connections import DeadlineConnection

GRACE_SECONDS = 5
"""By how much the socket outwaits the server, which explains itself better."""


@contextmanager
def deadline(connection: DeadlineConnection, *, seconds: float) -> Iterator[None]:
    """On our side only; for raw psycopg work on `connection.connection`."""
    before, connection.deadline_seconds = connection.deadline_seconds, seconds
    try:
        yield
    finally:
        connection.deadline_seconds = before


@contextmanager
def patience(connection: BaseDatabaseWrapper, *, seconds: int) -> Iterator[None]:
    """On both sides: no statement inside may take longer than this, and none is cut before."""
    connection.ensure_connection()
    raw = connection.connection
    assert isinstance(raw, DeadlineConnection), "not a connection of tresen.foundation.database"
    with deadline(raw, seconds=seconds + GRACE_SECONDS):
        before = _exchange_statement_timeout(raw, f"{seconds}s")
        try:
            yield
        finally:
            # A failed transaction takes the setting back by itself when it is rolled back.
            failed = raw.info.transaction_status is TransactionStatus.INERROR
            if not raw.closed and not failed:
                _exchange_statement_timeout(raw, before)


def _exchange_statement_timeout(raw: DeadlineConnection, value: str) -> str:
    row = raw.execute("SELECT current_setting('statement_timeout')").fetchone()
    assert row is not None
    raw.execute("SELECT set_config('statement_timeout', %s, false)", [value])
    return str(row[0])
