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
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop

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
            gettext_noop("The PostgreSQL behind DATABASE_URL cannot be used yet:\n{faults}"),
            faults="\n".join(f"  - {one}" for one in wrong),
        )


def find_faults(facts: Facts) -> list[str]:
    """Pure; one sentence with its remedy for each fault."""
    faults = []
    if facts.version < VERSION_MIN * 10_000:
        faults.append(
            _(
                "It is version {found}; version {wanted} or newer is needed.",
                found=facts.version // 10_000,
                wanted=VERSION_MIN,
            )
        )
    if facts.encoding != "UTF8":
        faults.append(
            _(
                "The database {database} stores {encoding}; it must be created with "
                "ENCODING 'UTF8'.",
                database=facts.database,
                encoding=facts.encoding,
            )
        )
    if absent := sorted(set(EXTENSIONS) - facts.available - facts.installed):
        faults.append(
            _(
                "The extensions {names} are not on the server. Install the package of "
                "additional modules (postgresql-contrib) there.",
                names=", ".join(absent),
            )
        )
    if not facts.may_create:
        faults.append(
            _(
                "The user {user} may not create tables. As an administrator, run: "
                "GRANT CREATE ON SCHEMA public TO {user};",
                user=facts.user,
            )
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
            gettext_noop("The PostgreSQL behind DATABASE_URL cannot be reached: {words}"),
            words=str(refused).strip(),
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
        words = _(
            "The extension {name} is missing and this user may not add it. "
            "As an administrator, run in this database: CREATE EXTENSION {name};",
            name=name,
        )
        return [words]
    return []
