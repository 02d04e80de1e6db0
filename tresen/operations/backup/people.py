"""Nobody who was erased comes back: keys from the newest key store, then the erasure ledger.

Of the restored keys stay those that the newest key store has as well, and those that are younger
than it. A key that is neither was destroyed since, and is destroyed here, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from psycopg import sql
from pyrage.x25519 import Identity

from tresen.operations.backup.erasures import Erasure
from tresen.operations.backup.keystore import (
    TABLE,
    KeyStore,
    OpenKeyStore,
    copy_in,
    open_keystore,
)
from tresen.operations.backup.target import Target

LONGEST_TRANSACTION = timedelta(minutes=15)
"""A key may carry the time of a transaction that was committed so much later."""


@dataclass(frozen=True)
class PeopleReport:
    """Numbers of keys: as restored, brought from the key store, destroyed again, erased."""

    restored: int = 0
    replaced: int = 0
    destroyed: int = 0
    erased: int = 0
    keystore_at: datetime | None = None


def put_people_right(
    connection: psycopg.Connection[tuple[object, ...]],
    target: Target,
    *,
    store: KeyStore | None,
    erasures: Sequence[Erasure],
    by: Sequence[Identity],
) -> tuple[PeopleReport, dict[str, bytes]]:
    """In one transaction; with the files of the key folder. A database without keys has none."""
    if store is None:
        with connection.transaction():
            return PeopleReport(erased=_replay(connection, erasures)), {}
    with (
        open_keystore(target, store, by=by) as clear,
        connection.transaction(),
    ):
        opened = OpenKeyStore(clear)
        report = PeopleReport(keystore_at=store.taken_at)
        if _has_table(connection) and opened.head.columns:
            report = _replace(connection, opened, store)
        erased = _replay(connection, erasures)
        counted = PeopleReport(**{**report.__dict__, "erased": erased})
        return counted, opened.files


def _replace(
    connection: psycopg.Connection[tuple[object, ...]], opened: OpenKeyStore, store: KeyStore
) -> PeopleReport:
    table = sql.Identifier(*TABLE)
    restored = _count(connection, table)
    columns = opened.head.columns
    connection.execute(sql.SQL("CREATE TEMP TABLE before AS TABLE {}").format(table))
    connection.execute(sql.SQL("TRUNCATE {}").format(table))
    with connection.cursor().copy(copy_in(columns)) as copy:
        for piece in opened.rows():
            copy.write(piece)
    replaced = _count(connection, table)
    younger = connection.execute(
        sql.SQL(
            "INSERT INTO {} SELECT * FROM before WHERE made_at > %s "
            "ON CONFLICT DO NOTHING RETURNING 1"
        ).format(table),
        [store.taken_at - LONGEST_TRANSACTION],
    ).rowcount
    gone = connection.execute(
        sql.SQL(
            "SELECT count(*) FROM before WHERE NOT EXISTS (SELECT FROM {} k WHERE k.id = before.id)"
        ).format(table)
    ).fetchone()
    assert gone is not None
    connection.execute("DROP TABLE before")
    assert isinstance(gone[0], int)
    return PeopleReport(
        restored=restored,
        replaced=replaced + younger,
        destroyed=gone[0],
        keystore_at=store.taken_at,
    )


def _replay(connection: psycopg.Connection[tuple[object, ...]], erasures: Sequence[Erasure]) -> int:
    """Keys made after the erasure belong to a new beginning and stay."""
    if not erasures or not _has_table(connection):
        return 0
    statement = sql.SQL(
        """
        DELETE FROM {} WHERE subject = %s AND made_at <= %s
        AND (%s::text[] = '{{}}' OR class = ANY(%s) OR split_part(class, '.', 1) = ANY(%s))
        """
    ).format(sql.Identifier(*TABLE))
    erased = 0
    for one in erasures:
        classes = list(one.classes)
        erased += connection.execute(
            statement, [one.subject, one.at, classes, classes, classes]
        ).rowcount
    return erased


def _has_table(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [".".join(TABLE)]).fetchone()
    return bool(row and row[0])


def _count(connection: psycopg.Connection[tuple[object, ...]], table: sql.Identifier) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
    assert row is not None
    assert isinstance(row[0], int)
    return row[0]
