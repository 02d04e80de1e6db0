"""A row that says «I was here»: by it is measured what a restore brings back, and how old it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import psycopg
from psycopg import sql

from tresen.operations.backup.source import Source
from tresen.operations.postgres.layout import BACKUP_SCHEMA

KEPT = 200
TABLES_MAX = 500
APPEND_ONLY_TRIGGER = r"\_append\_only"


@dataclass(frozen=True)
class Marker:
    """`rows` are counts of tables where only additions are allowed: they may never shrink."""

    at: datetime
    rows: dict[str, int]


def leave_marker(source: Source, *, with_counts: bool) -> datetime:
    """Only in our own server: a foreign one is not written to beside the shop's tables."""
    with source.connect() as connection:
        connection.execute(f"SET search_path = {BACKUP_SCHEMA}, public")
        connection.execute(
            """
            CREATE TABLE IF NOT EXISTS marker (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                at timestamptz NOT NULL DEFAULT clock_timestamp(),
                rows jsonb NOT NULL)
            """
        )
        rows = count_growing(connection) if with_counts else {}
        made = connection.execute(
            "INSERT INTO marker (rows) VALUES (%s) RETURNING at, id", [json.dumps(rows)]
        ).fetchone()
        assert made is not None
        connection.execute("DELETE FROM marker WHERE id < %s - %s", [made[1], KEPT])
    return cast("datetime", made[0]).astimezone(UTC)


def read_marker(
    connection: psycopg.Connection[tuple[object, ...]], *, with_counts: bool
) -> Marker | None:
    """The newest; None in a copy of a foreign server, or of one that never left any."""
    there = connection.execute("SELECT to_regclass(%s)", [f"{BACKUP_SCHEMA}.marker"]).fetchone()
    if there is None or there[0] is None:
        return None
    where = sql.SQL("WHERE rows <> '{}'" if with_counts else "")
    row = connection.execute(
        sql.SQL("SELECT at, rows FROM {}.marker {} ORDER BY id DESC LIMIT 1").format(
            sql.Identifier(BACKUP_SCHEMA), where
        )
    ).fetchone()
    if row is None:
        return None
    counts = cast("dict[str, int]", row[1])
    return Marker(cast("datetime", row[0]).astimezone(UTC), counts)


def count_growing(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Rows of each table that carries the append-only guard."""
    tables = connection.execute(
        """
        SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
        WHERE NOT tgisinternal AND tgname LIKE %s ORDER BY 1 LIMIT %s
        """,
        [f"%{APPEND_ONLY_TRIGGER}", TABLES_MAX],
    ).fetchall()
    found = {}
    for (name,) in tables:
        counted = connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()  # noqa: S608
        assert counted is not None
        found[str(name)] = cast("int", counted[0])
    return found
