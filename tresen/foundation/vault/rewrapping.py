"""Wrap data keys anew: a rotation of the key-encryption key, in batches, while the shop is open.

Only the wrapping changes: what people's data is sealed with stays, so that not one sealed text is
touched. 100,000 keys take a few seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.foundation import sql
from tresen.foundation.vault.data_keys import key_label
from tresen.foundation.vault.keyring import Key, NoSuchKey, keyring
from tresen.foundation.vault.wrapping import CannotUnwrap, unwrap, wrap

BATCH = 5_000

_OLDER = """
SELECT id, subject, class, wrapped, kek_version FROM vault.data_key
WHERE kek_version < %s AND id > %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_WRAPPED = """
UPDATE vault.data_key k SET wrapped = n.wrapped, kek_version = %s
FROM unnest(%s::uuid[], %s::bytea[]) AS n(id, wrapped) WHERE k.id = n.id
"""
_COUNT = "SELECT count(*), min(kek_version) FROM vault.data_key WHERE kek_version < %s"
NOBODY = UUID(int=0)


def count_older(version: int) -> int:
    """How many data keys are wrapped with an older version than that."""
    return cast("int", sql.rows(_COUNT, (version,))[0][0])


def rewrap_some(*, after: UUID = NOBODY, limit: int = BATCH) -> tuple[int, UUID | None]:
    """One batch with the newest version, in a transaction of its own.

    Says how many were wrapped anew and where to go on; None at the end. Rows whose version was
    destroyed are passed over: nothing opens them any more.
    """
    newest = keyring().newest("kek")
    with transaction.atomic():
        rows = sql.rows(_OLDER, (newest.version, after, limit))
        fresh = [(row[0], again) for row in rows if (again := _again(row, newest)) is not None]
        if fresh:
            ids, wrapped = [key_id for key_id, _ in fresh], [body for _, body in fresh]
            sql.run(_WRAPPED, (newest.version, ids, wrapped))
    return len(fresh), cast("UUID", rows[-1][0]) if len(rows) == limit else None


def _again(row: Sequence[object], newest: Key) -> bytes | None:
    key_id, subject = cast("UUID", row[0]), cast("UUID", row[1])
    label = key_label(key_id, subject, str(row[2]))
    try:
        kek = keyring().get("kek", cast("int", row[4]))
        secret = unwrap(bytes(cast("bytes", row[3])), key=kek.secret, label=label)
    except (NoSuchKey, CannotUnwrap):
        return None
    return wrap(secret, key=newest.secret, label=label)
