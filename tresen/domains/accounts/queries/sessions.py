"""Sessions and devices: the one that a cookie names, and those of a person."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.accounts.types import DeviceRow, Realm, SessionRow
from tresen.foundation import sql

SESSIONS_MAX = 100
DEVICES_MAX = 100

_COLUMNS = "id, realm, user_id, data, device, device_hash, made_at, seen_at, proven_at, rested"
_FIND = f"""
SELECT {_COLUMNS} FROM accounts_session
WHERE key_hash = %s AND realm = %s AND expires_at > %s AND seen_at > %s
"""  # noqa: S608  # our own words
_BY_ID = f"SELECT {_COLUMNS} FROM accounts_session WHERE id = %s"  # noqa: S608  # our own words
_LIST = f"""
SELECT {_COLUMNS} FROM accounts_session
WHERE user_id = %s AND expires_at > %s AND seen_at > %s ORDER BY seen_at DESC, id LIMIT %s
"""  # noqa: S608  # our own words
_KNOWN = "SELECT 1 FROM accounts_device WHERE user_id = %s AND token_hash = %s"
_KNOWS_STAFF = """
SELECT 1 FROM accounts_device d JOIN accounts_user u ON u.id = d.user_id
WHERE d.token_hash = %s AND u.realm = 'staff' AND lower(u.username) = %s
"""
_DEVICE_COLUMNS = "id, user_id, token_hash, device, first_seen_at, last_seen_at"
_DEVICES = f"""
SELECT {_DEVICE_COLUMNS} FROM accounts_device
WHERE user_id = %s ORDER BY last_seen_at DESC, id LIMIT %s
"""  # noqa: S608  # our own words
_DEVICE = f"SELECT {_DEVICE_COLUMNS} FROM accounts_device WHERE id = %s"  # noqa: S608  # our own


def find_session(
    *, realm: Realm, key_hash: bytes, now: datetime, seen_after: datetime
) -> SessionRow | None:
    """The living session of a key, in this realm alone. Asked anew by every request."""
    found = sql.rows(_FIND, (key_hash, realm.value, now, seen_after))
    return _session(found[0]) if found else None


def find_session_row(session_id: UUID) -> SessionRow | None:
    """By its id, for whoever ends it; perhaps past its limits."""
    found = sql.rows(_BY_ID, (session_id,))
    return _session(found[0]) if found else None


def list_sessions_of(user_id: UUID, *, now: datetime, seen_after: datetime) -> list[SessionRow]:
    """Where somebody is signed in, last used first."""
    return [_session(row) for row in sql.rows(_LIST, (user_id, now, seen_after, SESSIONS_MAX))]


def is_known_device(*, user_id: UUID, token_hash: bytes) -> bool:
    """Whether this person has signed in from that device before."""
    return bool(sql.rows(_KNOWN, (user_id, token_hash)))


def knows_staff(*, token_hash: bytes, username: str) -> bool:
    """Whether somebody of that name (in lower case) has signed in from that device before."""
    return bool(sql.rows(_KNOWS_STAFF, (token_hash, username)))


def list_devices_of(user_id: UUID) -> list[DeviceRow]:
    """Devices that somebody has signed in from, last used first."""
    return [_device(row) for row in sql.rows(_DEVICES, (user_id, DEVICES_MAX))]


def find_device(device_id: int) -> DeviceRow | None:
    """None once it is a stranger's (again)."""
    found = sql.rows(_DEVICE, (device_id,))
    return _device(found[0]) if found else None


def _device(row: sql.Row) -> DeviceRow:
    device_id, user_id, token_hash, device, first, last = row
    return DeviceRow(
        id=cast("int", device_id),
        user_id=cast("UUID", user_id),
        token_hash=bytes(cast("bytes", token_hash)),
        device=cast("str", device),
        first_seen_at=cast("datetime", first),
        last_seen_at=cast("datetime", last),
    )


def _session(row: sql.Row) -> SessionRow:
    session_id, realm, user_id, data, device, device_hash, made, seen, proven, rested = row
    return SessionRow(
        id=cast("UUID", session_id),
        realm=Realm(cast("str", realm)),
        user_id=cast("UUID | None", user_id),
        data=bytes(cast("bytes", data)),
        device=cast("str", device),
        device_hash=bytes(cast("bytes", device_hash)) if device_hash is not None else None,
        made_at=cast("datetime", made),
        seen_at=cast("datetime", seen),
        proven_at=cast("datetime | None", proven),
        rested=cast("bool", rested),
    )
