"""Deeds as they were written: one, or those of a range in the order of their ids."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.foundation import sql
from tresen.foundation.audit.keys import AuditKeyMissing, key_of
from tresen.foundation.audit.rows import COLUMNS, DeedRow, mac_of

_ONE = f"SELECT {COLUMNS} FROM audit_deed WHERE id = %s"  # noqa: S608  # names from the code
_SOME = f"SELECT {COLUMNS} FROM audit_deed WHERE id = ANY(%s::uuid[]) ORDER BY id"  # noqa: S608


def find_deed(deed_id: UUID) -> DeedRow | None:
    """The deed of that id."""
    found = sql.rows(_ONE, (deed_id,))
    return row_of(found[0]) if found else None


def list_deeds(ids: Sequence[UUID]) -> list[DeedRow]:
    """Those that are there, in the order of their ids."""
    return [row_of(row) for row in sql.rows(_SOME, (list(ids),))]


def is_sound(row: DeedRow) -> bool:
    """Whether the row's own code fits it. False too where its key is not in the key file."""
    try:
        key = key_of(row.key_version)
    except AuditKeyMissing:
        return False
    return hmac.compare_digest(row.mac, mac_of(row, key=key))


def row_of(values: sql.Row) -> DeedRow:
    """From the columns named by COLUMNS."""
    (deed_id, at, kind, actor_id, session, request_id, action, object_kind, object_id) = values[:9]
    (persons, fields, before, after, note, key_version, mac) = values[9:]
    return DeedRow(
        id=cast("UUID", deed_id),
        at=cast("datetime", at),
        actor_kind=str(kind),
        actor_id=cast("UUID | None", actor_id),
        session=str(session),
        request_id=str(request_id),
        action=str(action),
        object_kind=str(object_kind),
        object_id=str(object_id),
        persons=tuple(UUID(person) for person in cast("list[str]", persons)),
        fields=tuple(cast("list[str]", fields)),
        before_digest=_bytes(before),
        after_digest=_bytes(after),
        note=_bytes(note),
        key_version=cast("int", key_version),
        mac=bytes(cast("bytes", mac)),
    )


def _bytes(value: object) -> bytes | None:
    return None if value is None else bytes(cast("bytes", value))
