"""Asking the invariants, all of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from tresen.operations.invariants.table import INVARIANTS, Invariant


@dataclass(frozen=True)
class Broken:
    """One invariant with how often it is broken, and the first example."""

    code: str
    says: str
    count: int
    example: str


def ask_invariants(
    connection: psycopg.Connection[tuple[object, ...]],
    *,
    invariants: Sequence[Invariant] = INVARIANTS,
) -> tuple[int, list[Broken]]:
    """How many were asked, and which do not hold. The connection is in autocommit."""
    broken = []
    asked = 0
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for one in invariants:
            if not _has_tables(connection, one.needs):
                continue
            asked += 1
            query = f"SELECT count(*), min(what) FROM ({one.breaches}) AS breach(what)"  # noqa: S608
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            assert isinstance(row[0], int)
            if row[0]:
                broken.append(Broken(one.code, one.says, row[0], str(row[1])))
    return asked, broken


def _has_tables(connection: psycopg.Connection[tuple[object, ...]], names: Sequence[str]) -> bool:
    row = connection.execute(
        "SELECT bool_and(to_regclass(name) IS NOT NULL) FROM unnest(%s::text[]) AS name",
        [list(names)],
    ).fetchone()
    return bool(row and row[0])
