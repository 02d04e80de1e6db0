"""A PostgreSQL of one's own instead of the embedded one: is it fit for the shop?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.provision import EXTENSIONS

VERSION_MIN = 15


class ExternalUnfit(Trouble):
    """The server behind DATABASE_URL lacks something; the message names all of it."""


@dataclass(frozen=True)
class Facts:
    """What we asked the server."""

    version: int
    encoding: str
    available: frozenset[str]
    installed: frozenset[str]
    may_create: bool
    database: str
    user: str


def prepare_external(environ: Mapping[str, str]) -> None:
    """Add the extensions that we may add, and refuse in plain words what is missing."""
    with _connect(environ) as connection:
        facts = _ask(connection)
        if not (wrong := find_faults(facts)):
            for name in sorted(set(EXTENSIONS) - facts.installed):
                wrong += _add(connection, name)
    if wrong:
        raise ExternalUnfit(
            "The PostgreSQL behind DATABASE_URL cannot be used yet:\n"
            + "\n".join(f"  - {one}" for one in wrong)
        )


def find_faults(facts: Facts) -> list[str]:
    """Pure; one sentence with its remedy for each fault."""
    faults = []
    if facts.version < VERSION_MIN * 10_000:
        faults.append(
            f"It is version {facts.version // 10_000}; version {VERSION_MIN} or newer is needed."
        )
    if facts.encoding != "UTF8":
        faults.append(
            f"The database {facts.database} stores {facts.encoding}; it must be created with "
            "ENCODING 'UTF8'."
        )
    if absent := sorted(set(EXTENSIONS) - facts.available - facts.installed):
        faults.append(
            f"The extensions {', '.join(absent)} are not on the server. Install the package of "
            "additional modules (postgresql-contrib) there."
        )
    if not facts.may_create:
        faults.append(
            f"The user {facts.user} may not create tables. As an administrator, run: "
            f"GRANT CREATE ON SCHEMA public TO {facts.user};"
        )
    return faults


def ask_external(environ: Mapping[str, str]) -> Facts:
    with _connect(environ) as connection:
        return _ask(connection)


def _connect(environ: Mapping[str, str]) -> psycopg.Connection[tuple[Any, ...]]:
    told = libpq_parameters("owner", data=Path("/"), environ=environ)
    try:
        return psycopg.connect(
            make_conninfo("", **told), autocommit=True, client_encoding="utf8"
        )  # without it, a server of another encoding answers in bytes
    except psycopg.OperationalError as refused:
        raise ExternalUnfit(
            f"The PostgreSQL behind DATABASE_URL cannot be reached: {str(refused).strip()}"
        ) from refused


def _ask(connection: psycopg.Connection[tuple[Any, ...]]) -> Facts:
    row = connection.execute(
        """
        SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding),
               has_schema_privilege('public', 'CREATE'), current_database(), current_user
        FROM pg_database WHERE datname = current_database()
        """
    ).fetchone()
    assert row is not None
    return Facts(
        version=row[0],
        encoding=row[1],
        may_create=row[2],
        database=row[3],
        user=row[4],
        available=_names(connection, "SELECT name FROM pg_available_extensions"),
        installed=_names(connection, "SELECT extname FROM pg_extension"),
    )


def _names(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> frozenset[str]:
    rows: Sequence[tuple[Any, ...]] = connection.execute(query.encode()).fetchall()
    return frozenset(str(row[0]) for row in rows)


def _add(connection: psycopg.Connection[tuple[Any, ...]], name: str) -> list[str]:
    statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        remedy = f"As an administrator, run in this database: CREATE EXTENSION {name};"
        return [f"The extension {name} is missing and this user may not add it. {remedy}"]
    return []
