"""Sessions and the devices they came from. One statement each.

A revoked session is a deleted row: nobody remembers that it was alive, so that the very next
request of any process is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.accounts.types import Met, NewSession, Realm
from tresen.foundation import sql

_OPEN = """
INSERT INTO accounts_session (id, realm, user_id, key_hash, data, device, device_hash,
  made_at, seen_at, expires_at, proven_at, rested)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, false)
"""
_CHANGE = """
UPDATE accounts_session SET key_hash = %s, data = %s, seen_at = %s,
  proven_at = coalesce(%s, proven_at), rested = (rested OR %s) AND %s::timestamptz IS NULL
WHERE id = %s AND key_hash = %s
"""
_TOUCH = "UPDATE accounts_session SET seen_at = %s, rested = rested OR %s WHERE id = %s"
_END = "DELETE FROM accounts_session WHERE id = %s"
_END_KEY = "DELETE FROM accounts_session WHERE key_hash = %s AND realm = %s"
_END_OF = "DELETE FROM accounts_session WHERE user_id = %s AND id IS DISTINCT FROM %s"
_END_REALM = "DELETE FROM accounts_session WHERE realm = %s"
_FORGET = """
DELETE FROM accounts_session WHERE id IN (
  SELECT id FROM accounts_session WHERE expires_at < %s ORDER BY expires_at LIMIT %s)
"""
_KNOW = """
INSERT INTO accounts_device (user_id, token_hash, device, first_seen_at, last_seen_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (user_id, token_hash) DO UPDATE
  SET last_seen_at = excluded.last_seen_at, device = excluded.device
RETURNING id, xmax = 0
"""
_FORGET_DEVICE = """
WITH gone AS (DELETE FROM accounts_device WHERE id = %s RETURNING user_id, token_hash)
DELETE FROM accounts_session s USING gone
WHERE s.user_id = gone.user_id AND s.device_hash = gone.token_hash
"""


def open_session(*, new: NewSession, now: datetime) -> None:
    """A new row. The database refuses one whose person is of the other realm."""
    sql.run(
        _OPEN,
        (
            new.id,
            new.realm.value,
            new.user_id,
            new.key_hash,
            new.data,
            new.device,
            new.device_hash,
            now,
            now,
            new.expires_at,
            new.proven_at,
        ),
    )


def change_session(
    *,
    session_id: UUID,
    key_hash: bytes,
    new_key_hash: bytes,
    data: bytes,
    proven_at: datetime | None,
    rested: bool,
    now: datetime,
) -> bool:
    """Keep what a request changed; False when the session was ended meanwhile.

    `proven_at` is given when somebody has just proven who they are: that ends the rest, too.
    """
    params = (new_key_hash, data, now, proven_at, rested, proven_at, session_id, key_hash)
    return sql.changed(_CHANGE, params) == 1


def touch_session(*, session_id: UUID, rested: bool, now: datetime) -> None:
    """Somebody is still there; `rested` says that they were away too long for money."""
    sql.run(_TOUCH, (now, rested, session_id))


def end_session(*, session_id: UUID) -> bool:
    """Whether there was one."""
    return sql.changed(_END, (session_id,)) == 1


def end_session_of_key(*, realm: Realm, key_hash: bytes) -> None:
    """Whoever holds the key signs out."""
    sql.run(_END_KEY, (key_hash, realm.value))


def end_sessions_of(*, user_id: UUID, but: UUID | None = None) -> int:
    """Signed out everywhere, but for one session perhaps; says how many ended."""
    return sql.changed(_END_OF, (user_id, but))


def end_sessions(*, realm: Realm) -> int:
    """Everybody is signed out of a realm; says how many ended."""
    return sql.changed(_END_REALM, (realm.value,))


def forget_ended_sessions(*, now: datetime, limit: int) -> int:
    """Delete sessions past their end, at most `limit`; says how many."""
    return sql.changed(_FORGET, (now, limit))


def know_device(*, user_id: UUID, token_hash: bytes, device: str, now: datetime) -> Met:
    """Somebody has signed in from it and was who they said."""
    ((device_id, is_new),) = sql.rows(_KNOW, (user_id, token_hash, device, now, now))
    return Met(device_id=cast("int", device_id), is_new=bool(is_new))


def forget_devices_of(*, user_id: UUID) -> None:
    """Whoever used the account may have been somebody else: every device proves itself anew."""
    sql.run("DELETE FROM accounts_device WHERE user_id = %s", (user_id,))


def forget_device(*, device_id: int) -> int:
    """From now on it is a stranger's; says how many sessions ended with it."""
    return sql.changed(_FORGET_DEVICE, (device_id,))
