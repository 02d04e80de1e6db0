"""What each database role may do, given anew after every migration by the owner of the tables.

What the web's role got when a table was made is the measure. From it is taken what would rewrite
history; the worker and the narrowed staff get the same; reports may read what is not about
people. Roles that are not there are left out and named, so that a server of one's own works.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

import psycopg
from psycopg import sql

from tresen.operations.postgres.layout import APP, REPORT, STAFF, WORKER
from tresen.operations.postgres.row_rules import RowRule, row_rules

Connection = psycopg.Connection[tuple[object, ...]]
NEVER_CHANGED = "tresen_refuse_change"
NEVER_UPDATED = "tresen_refuse_change_until_retention"
"""Trigger functions of foundation/append_only.py: such tables are found by them."""
UNREADABLE_FOR_REPORTS = (
    "accounts_", "account_", "audit_", "auth_", "conversations_", "django_", "mfa_", "privacy_",
    "procrastinate_", "risk_", "security_", "socialaccount_", "vault_",
)  # fmt: skip
_COPY_PRIVILEGES = """
SELECT s.nspname, c.relname, c.relkind = 'S', string_agg(a.privilege_type, ', ')
FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace, aclexplode(c.relacl) a
WHERE a.grantee = %s::regrole AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
GROUP BY s.nspname, c.relname, c.relkind ORDER BY s.nspname, c.relname
"""
_GUARDED = """
SELECT t.tgrelid::regclass::text, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = ANY (%s) ORDER BY 1
"""
_WITH_ORDER = """
SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE a.attname = 'order_id' AND a.atttypid = 'uuid'::regtype AND c.relkind IN ('r', 'p')
  AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
_READABLE = """
SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND data_type NOT IN ('bytea', 'json', 'jsonb')
  AND table_name || '.' || column_name <> ALL (%s) AND table_name !~ %s
GROUP BY table_name ORDER BY table_name
"""
_POLICIES = """
SELECT c.relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname = 'stores'
"""


@dataclass(frozen=True, slots=True)
class Rights:
    """What was done: roles that are absent, tables whose rows are guarded by store."""

    absent: tuple[str, ...]
    ruled: tuple[str, ...]


def apply_rights(connection: Connection, *, personal: Collection[tuple[str, str]]) -> Rights:
    """One transaction, repeatable. `connection` is the owner's; `personal` are (table, column)."""
    known = _roles(connection)
    with connection.transaction():
        if APP in known:
            _protect_history(connection)
            for role in (WORKER, STAFF):
                if role in known:
                    _copy_privileges(connection, role)
        if REPORT in known:
            _let_read(connection, personal)
        ruled = _rule_rows(connection, known) if STAFF in known else ()
    return Rights(tuple(sorted({APP, WORKER, REPORT, STAFF} - known)), ruled)


def _roles(connection: Connection) -> set[str]:
    return {str(name) for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}


def _protect_history(connection: Connection) -> None:
    """Belt and braces: the trigger refuses too, and a role that may not cannot drop it."""
    for table, function in connection.execute(
        _GUARDED, [[NEVER_CHANGED, NEVER_UPDATED]]
    ).fetchall():
        taken = "UPDATE, DELETE" if function == NEVER_CHANGED else "UPDATE"
        _run(connection, f"REVOKE {taken} ON {table} FROM {APP}")
    _run(connection, f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP}")


def _copy_privileges(connection: Connection, role: str) -> None:
    schemas = connection.execute(
        "SELECT DISTINCT nspname FROM pg_namespace, aclexplode(nspacl) a"
        " WHERE a.grantee = %s::regrole",
        [APP],
    ).fetchall()
    for (schema,) in schemas:
        _run(connection, f"GRANT USAGE ON SCHEMA {schema} TO {role}")
    for schema, table, is_sequence, privileges in connection.execute(
        _COPY_PRIVILEGES, [APP]
    ).fetchall():
        kind = "SEQUENCE" if is_sequence else "TABLE"
        name = sql.Identifier(str(schema), str(table)).as_string(connection)
        _run(connection, f"REVOKE ALL ON {kind} {name} FROM {role}")
        _run(connection, f"GRANT {privileges} ON {kind} {name} TO {role}")


def _let_read(connection: Connection, personal: Collection[tuple[str, str]]) -> None:
    """Column by column: what the registry of personal data names is not among them."""
    _run(connection, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {REPORT}")
    secret = [f"{table}.{column}" for table, column in personal]
    barred = f"^({'|'.join(UNREADABLE_FOR_REPORTS)})"
    for table, columns in connection.execute(_READABLE, [secret, barred]).fetchall():
        _run(connection, f"GRANT SELECT ({columns}) ON {table} TO {REPORT}")


def _rule_rows(connection: Connection, known: Collection[str]) -> tuple[str, ...]:
    """Whole for the house, by store for narrowed staff. Unchanged rules are left alone."""
    tables = {str(name) for (name,) in connection.execute(_WITH_ORDER).fetchall()}
    existing = {
        str(name)
        for (name,) in connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
    }
    noted = {str(table): mark for table, mark in connection.execute(_POLICIES).fetchall()}
    house = ", ".join(role for role in (APP, WORKER, REPORT) if role in known)
    rules = {table: rule for table, rule in row_rules(tables).items() if table in existing}
    for table, rule in rules.items():
        mark = hashlib.sha256(repr((rule, house)).encode()).hexdigest()
        if noted.get(table) != mark:
            _rule(connection, table, rule, house=house, mark=mark)
    return tuple(sorted(rules))


def _rule(connection: Connection, table: str, rule: RowRule, *, house: str, mark: str) -> None:
    for name in ("house", "stores", "stores_adds"):
        _run(connection, f"DROP POLICY IF EXISTS {name} ON {table}")
    if house:
        _run(connection, f"CREATE POLICY house ON {table} TO {house} USING (true)")
    _run(connection, f"CREATE POLICY stores ON {table} TO {STAFF} USING ({rule.sees})")
    if rule.adds:
        _run(
            connection,
            f"CREATE POLICY stores_adds ON {table} FOR INSERT TO {STAFF} WITH CHECK ({rule.adds})",
        )
    _run(connection, f"COMMENT ON POLICY stores ON {table} IS '{mark}'")
    _run(connection, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def _run(connection: Connection, statement: str) -> None:
    """Names come from the catalogue and from constants of the house, never from outside."""
    connection.execute(statement.encode())


def making_of(absent: Collection[str]) -> list[str]:
    """For a server of one's own: what an administrator runs to make these roles."""
    known = {role: f"CREATE ROLE {role} LOGIN PASSWORD '…';" for role in (APP, WORKER, REPORT)}
    known[STAFF] = f"CREATE ROLE {STAFF} NOLOGIN; GRANT {STAFF} TO {APP};"
    return [statement for role, statement in known.items() if role in absent]
