"""Roles, the database and its extensions, made by the superuser after the server's first start.

The plan is applied again when it changes or when a key was made anew; else a stamp says it is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import psycopg
from psycopg import sql

from tresen.foundation.database.limits import CONNECT_SECONDS_MAX, LIMITS, Limits
from tresen.operations.machine.locks import alone
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import (
    APP,
    BACKUP,
    BACKUP_SCHEMA,
    DATABASE,
    OWNER,
    REPORT,
    STAFF,
    SUPERUSER,
    WORKER,
    Layout,
)
from tresen.operations.words.speaking import gettext_noop as _

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist")
PLAN = "3"
"""Raise it when this file asks for something new of servers that are there already."""

TEMPLATE = "template1"
LOGINS: Mapping[str, Limits] = {
    OWNER: LIMITS["owner"],
    APP: LIMITS["app"],
    WORKER: LIMITS["worker"],
    REPORT: LIMITS["report"],
}
"""Who signs in: for migrations, for the web, for jobs, for reports."""


class SuperuserLost(Trouble):
    """The server does not accept the superuser's key."""


def provision(layout: Layout, *, port: int, throwaway: bool) -> None:
    """Idempotent; at most one process at a time."""
    stamp = _stamp(layout)
    if _is_done(layout, stamp):
        return
    with alone(layout.provision_lock, wait=True):
        if _is_done(layout, stamp):
            return
        with superuser(layout, port=port, database="postgres") as connection:
            _make_roles(connection, layout, may_create_databases=throwaway)
            _make_backup_role(connection, layout)
            _make_staff_role(connection)
            if throwaway:
                for role in (APP, WORKER, REPORT, STAFF):
                    _let_become(connection, OWNER, role)
            _make_database(connection)
        for database in (TEMPLATE, DATABASE) if throwaway else (DATABASE,):
            with superuser(layout, port=port, database=database) as connection:
                _make_extensions(connection)
                _grant(connection)
                _make_backup_schema(connection)
        layout.provision_note.write_text(stamp, encoding="ascii")


def superuser(
    layout: Layout, *, port: int, database: str
) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(
            host=str(layout.socket),
            port=port,
            user=SUPERUSER,
            password=read_password(layout, SUPERUSER),
            dbname=database,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS_MAX,
        )
    except psycopg.OperationalError as refused:
        if "password authentication failed" not in str(refused):
            raise
        raise SuperuserLost(
            _(
                "The server does not accept {key}. Remove that file while the server is stopped: "
                "the next start makes a new one and sets it."
            ),
            key=layout.keys / "database_super",
        ) from refused


def _is_done(layout: Layout, stamp: str) -> bool:
    try:
        noted = layout.provision_note.read_text(encoding="ascii")
    except OSError:
        return False
    return noted == stamp


def _stamp(layout: Layout) -> str:
    """Of the plan, the passwords (random: they cannot be guessed from it) and the cluster."""
    made_at = layout.cluster.joinpath("PG_VERSION").stat().st_mtime_ns
    secrets = [read_password(layout, role) or "" for role in (*LOGINS, BACKUP)]
    return hashlib.sha256(
        "\n".join([PLAN, repr(LIMITS), str(made_at), *secrets]).encode()
    ).hexdigest()


def _make_roles(
    connection: psycopg.Connection[tuple[object, ...]],
    layout: Layout,
    *,
    may_create_databases: bool,
) -> None:
    known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for name, limits in LOGINS.items():
        role = sql.Identifier(name)
        if name not in known:
            connection.execute(sql.SQL("CREATE ROLE {}").format(role))
        connection.execute(
            sql.SQL(
                "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION {} PASSWORD {}"
            ).format(
                role,
                sql.SQL("CREATEDB" if may_create_databases and name == OWNER else "NOCREATEDB"),
                read_password(layout, name),
            )
        )
        _limit(connection, role, limits)


def _make_backup_role(connection: psycopg.Connection[tuple[object, ...]], layout: Layout) -> None:
    """It copies the server, so it may read all of it; it changes nothing but its own markers."""
    role = sql.Identifier(BACKUP)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [BACKUP]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {}").format(role))
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN REPLICATION BYPASSRLS NOSUPERUSER NOCREATEROLE NOCREATEDB "
            "PASSWORD {}"
        ).format(role, read_password(layout, BACKUP))
    )
    connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(role))


def _make_staff_role(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """The role that sees single stores only; the web may become it and is not bound by it."""
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [STAFF]).fetchone()
    if found is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(STAFF)))
    _let_become(connection, APP, STAFF)


def _let_become(connection: psycopg.Connection[tuple[object, ...]], member: str, role: str) -> None:
    connection.execute(
        sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
            sql.Identifier(role), sql.Identifier(member)
        )
    )


def _limit(
    connection: psycopg.Connection[tuple[object, ...]], role: sql.Identifier, limits: Limits
) -> None:
    for setting, seconds in (
        ("statement_timeout", limits.statement_seconds_max),
        ("lock_timeout", limits.lock_seconds_max),
        ("idle_in_transaction_session_timeout", limits.idle_in_transaction_seconds_max),
    ):
        connection.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                role, sql.Identifier(setting), sql.Literal(f"{seconds}s")
            )
        )


def _make_database(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if found.fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(DATABASE), sql.Identifier(OWNER)
            )
        )
    connection.execute(
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE))
    )
    for name in (APP, WORKER, REPORT, BACKUP):
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(DATABASE), sql.Identifier(name)
            )
        )


def _make_extensions(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    for name in EXTENSIONS:
        connection.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
        )


def _make_backup_schema(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute(
        sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(
            sql.Identifier(BACKUP_SCHEMA), sql.Identifier(BACKUP)
        )
    )


def _grant(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """What the owner creates from now on, web and worker may read and write, never change.

    After each migration operations/postgres/rights.py takes away what is too much.
    """
    for privileges, kind in (
        ("SELECT, INSERT, UPDATE, DELETE", "TABLES"),
        ("USAGE, SELECT, UPDATE", "SEQUENCES"),
        ("EXECUTE", "FUNCTIONS"),
        ("USAGE", "TYPES"),
    ):
        connection.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} ON {} TO {}, {}").format(
                sql.Identifier(OWNER),
                sql.SQL(privileges),
                sql.SQL(kind),
                sql.Identifier(APP),
                sql.Identifier(WORKER),
            )
        )
