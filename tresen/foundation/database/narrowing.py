"""A connection that sees only the rows of some stores, until it is widened again.

The server's row rules are bound to a role of their own; a request takes that role on and names
its stores in a setting of the session. A connection never goes back to the pool narrowed.
"""

from __future__ import annotations

from collections.abc import Collection

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from tresen.foundation.database.connections import DeadlineConnection

STORES = "app.stores"
STAFF_ROLE = "tresen_staff"
PROBE = "orders_order"
"""A table that the role may read once rights were given after a migration."""

_NARROW = f"""
SELECT set_config('{STORES}', %s, false), set_config('role', rolname, false) FROM pg_roles
WHERE rolname = '{STAFF_ROLE}' AND pg_has_role(oid, 'MEMBER')
  AND has_table_privilege(oid, '{PROBE}', 'SELECT')
"""  # noqa: S608  # names from above
_WIDEN = f"SELECT set_config('role', 'none', false), set_config('{STORES}', '', false)"


def narrow(database: BaseDatabaseWrapper, *, stores: Collection[str]) -> bool:
    """False where the server has no such role: then only the queries themselves are narrowed."""
    raw = _raw(database)
    assert not any("," in code for code in stores)
    found = raw.execute(_NARROW.encode(), [",".join(sorted(stores))]).fetchone()
    raw.is_narrowed = found is not None
    return raw.is_narrowed


def widen(database: BaseDatabaseWrapper) -> None:
    """Whatever the connection was, it is itself again. Harmless where it was never narrowed."""
    raw = database.connection
    if isinstance(raw, DeadlineConnection) and raw.is_narrowed:
        widen_raw(raw)


def widen_raw(raw: DeadlineConnection) -> None:
    """A connection that cannot be widened is closed: nobody gets it any more."""
    if raw.closed:
        return
    if raw.info.transaction_status in {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}:
        return  # a rollback comes first; the way back to the pool asks again
    try:
        raw.execute(_WIDEN.encode())
    except psycopg.Error:
        raw.close()
        raise
    raw.is_narrowed = False


def _raw(database: BaseDatabaseWrapper) -> DeadlineConnection:
    database.ensure_connection()
    raw = database.connection
    assert isinstance(raw, DeadlineConnection), "not a connection of tresen.foundation.database"
    return raw
