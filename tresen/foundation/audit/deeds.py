"""Record what somebody did, in the transaction that did it; one INSERT.

`record` is for deeds: it is kept if, and only if, the deed is. `record_read` is for pages, lists
and files of people's data: one row for each page view, written before the page is shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from structlog.contextvars import get_contextvars

from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.audit.keys import newest_key
from tresen.foundation.audit.rows import DeedRow, digest_of, mac_of
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal

NOTE_PLACE = "audit_deed.note"
PERSONS_MAX = 100_000
_INSERT = """
INSERT INTO audit_deed (id, at, actor_kind, actor_id, session, request_id, action, object_kind,
  object_id, persons, fields, before_digest, after_digest, note, key_version, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::text[], %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """`action` is `object.verb` (`order.refund`), `persons` whoever it touches.

    `before` and `after` hold plain values; only keyed digests and the names of what changed are
    kept. `note` is free text and lies sealed.
    """

    action: str
    actor: Actor
    object_kind: str = ""
    object_id: str = ""
    persons: Sequence[UUID] = ()
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    note: str = ""


def record(deed: Deed, *, now: datetime) -> UUID:
    """Write the deed down; its id."""
    assert transaction.get_connection().in_atomic_block, "record a deed inside its transaction"
    return _write(deed, fields=_changed(deed.before, deed.after), now=now)


def record_read(
    *,
    action: str,
    actor: Actor,
    persons: Sequence[UUID],
    fields: Sequence[str],
    now: datetime,
    object_kind: str = "",
    object_id: str = "",
) -> UUID:
    """Somebody sees these `fields` of these persons; call it before they are shown."""
    deed = Deed(
        action=action,
        actor=actor,
        object_kind=object_kind,
        object_id=object_id,
        persons=persons,
    )
    return _write(deed, fields=tuple(fields), now=now)


def _write(deed: Deed, *, fields: Sequence[str], now: datetime) -> UUID:
    assert "." in deed.action, "an action is object.verb"
    assert now.tzinfo is not None
    assert len(deed.persons) <= PERSONS_MAX
    key = newest_key()
    deed_id = id_at(now)
    row = DeedRow(
        id=deed_id,
        at=now,
        actor_kind=deed.actor.kind,
        actor_id=deed.actor.id,
        session=deed.actor.session,
        request_id=str(get_contextvars().get("request_id", "")),
        action=deed.action,
        object_kind=deed.object_kind,
        object_id=deed.object_id,
        persons=tuple(sorted(set(deed.persons))),
        fields=tuple(fields),
        before_digest=None if deed.before is None else digest_of(deed.before, key=key),
        after_digest=None if deed.after is None else digest_of(deed.after, key=key),
        note=_sealed(deed, deed_id, now=now) if deed.note else None,
        key_version=key.version,
    )
    sql.run(_INSERT, _values(replace(row, mac=mac_of(row, key=key))))
    return row.id


def _sealed(deed: Deed, deed_id: UUID, *, now: datetime) -> bytes:
    """With the key of whom it is about, where that is one person."""
    subject = deed.persons[0] if len(set(deed.persons)) == 1 else HOUSE
    period = KeyClass.SECURITY.of(now)
    key = keys_for(subject, period)[period]
    return seal(deed.note.encode(), key=key, place=NOTE_PLACE, row=deed_id)


def id_at(moment: datetime, *, lowest: bool = False) -> UUID:
    """A UUID of version 7 of that moment; the `lowest` one begins a range of time."""
    milliseconds = int(moment.timestamp() * 1000)
    chance = 0 if lowest else int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | chance
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def _changed(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> Sequence[str]:
    """Names of what differs; all of them where there is only one side."""
    old, new = before or {}, after or {}
    missing = object()
    names = sorted({*old, *new})
    return [name for name in names if old.get(name, missing) != new.get(name, missing)]


def _values(row: DeedRow) -> tuple[object, ...]:
    return (
        row.id,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.session,
        row.request_id,
        row.action,
        row.object_kind,
        row.object_id,
        list(row.persons),
        list(row.fields),
        row.before_digest,
        row.after_digest,
        row.note,
        row.key_version,
        row.mac,
    )
