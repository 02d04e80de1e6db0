"""Data keys: random, one per subject and class, wrapped in the table, open for a request only.

Sealing always asks the table, so that nothing is ever sealed with a key whose row was rolled
back. Opening remembers what it asked, until `forget_opened` at the end of the request or job.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.keyring import KEY_BYTES, NoSuchKey, keyring
from tresen.foundation.vault.wrapping import CannotUnwrap, unwrap, wrap

OPENED_SECONDS_MAX = 60.0
OPENED_MAX = 5_000
COLUMNS = "k.id, k.subject, k.class, k.wrapped, k.kek_version, k.restricted_at IS NOT NULL"
"""What `data_key_of` reads, for statements that bring keys along (`vault.data_key k`)."""

_GET_OR_MAKE = f"""
WITH wanted AS (
  SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[])
    AS w(id, subject, class, wrapped)
), k AS (
  INSERT INTO vault.data_key (id, subject, class, wrapped, kek_version)
  SELECT w.id, w.subject, w.class, w.wrapped, %s FROM wanted w
  WHERE NOT EXISTS (
    SELECT FROM vault.data_key d WHERE d.subject = w.subject AND d.class = w.class)
  ON CONFLICT (subject, class) DO NOTHING RETURNING *
)
SELECT {COLUMNS} FROM k
UNION ALL
SELECT {COLUMNS} FROM vault.data_key k JOIN wanted w USING (subject, class)
"""  # noqa: S608 (a constant)
_WANTED = f"""
SELECT {COLUMNS} FROM vault.data_key k
JOIN unnest(%s::uuid[], %s::text[]) AS w(subject, class) USING (subject, class)
"""  # noqa: S608 (a constant)
_BY_ID = f"SELECT {COLUMNS} FROM vault.data_key k WHERE k.id = ANY(%s::uuid[])"  # noqa: S608
_DESTROY = """
DELETE FROM vault.data_key WHERE subject = ANY(%s::uuid[])
AND (%s::text[] IS NULL OR split_part(class, '.', 1) = ANY(%s::text[]) OR class = ANY(%s::text[]))
"""
_RESTRICT = """
UPDATE vault.data_key SET restricted_at = %s
WHERE subject = %s AND split_part(class, '.', 1) = ANY(%s::text[])
"""


@dataclass(frozen=True, slots=True)
class DataKey:
    """An open key. `key_class` may carry a year; `restricted`: kept by law, read by few."""

    id: UUID
    subject: UUID
    key_class: str
    restricted: bool
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DraftKeys:
    """New keys, for a statement that makes their subject in the same breath; `wrapped` likewise.

    Nothing may stay sealed with them whose statement did not insert them.
    """

    keys: tuple[DataKey, ...]
    wrapped: tuple[bytes, ...]
    version: int


_Pair = tuple[UUID, str]
_Found = dict[_Pair, DataKey]


def keys_for(subject: UUID, *classes: KeyClass | str) -> dict[str, DataKey]:
    """The keys of a subject by class; missing ones are made, in the caller's transaction."""
    assert classes
    found = keys_of_many([(subject, str(name)) for name in classes])
    return {name: key for (_, name), key in found.items()}


def keys_of_many(wanted: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], DataKey]:
    """Keys of many subjects and classes in one statement; missing ones are made."""
    pairs = sorted(set(wanted))  # one order for all: nobody waits for each other in a circle
    return _complete(pairs, _ask(pairs).answer())


def find_keys(key_ids: Collection[UUID]) -> dict[UUID, DataKey]:
    """Those of the keys that still exist; remembered for the rest of the request."""
    opened = _OPENED.keys()
    missing = [key_id for key_id in set(key_ids) if key_id not in opened]
    if missing:
        hold(_openable(sql.rows(_BY_ID, (missing,))))
    return {key_id: opened[key_id] for key_id in key_ids if key_id in opened}


def draft_keys(pairs: Iterable[tuple[UUID, str]]) -> DraftKeys:
    """Random ones, wrapped for their rows, written nowhere yet."""
    kek = keyring().newest("kek")
    keys = [
        DataKey(new_id(), subject, name, restricted=False, secret=secrets.token_bytes(KEY_BYTES))
        for subject, name in pairs
    ]
    wrapped = [
        wrap(key.secret, key=kek.secret, label=key_label(key.id, key.subject, key.key_class))
        for key in keys
    ]
    return DraftKeys(tuple(keys), tuple(wrapped), kek.version)


def hold(keys: Iterable[DataKey]) -> None:
    """Remember keys that a statement brought along."""
    opened = _OPENED.keys()
    for key in keys:
        if len(opened) >= OPENED_MAX:
            opened.clear()
        opened[key.id] = key


def data_key_of(row: Sequence[object], *, known: dict[UUID, bytes] | None = None) -> DataKey:
    """From a row of COLUMNS. Raises NoSuchKey where the wrapping key was destroyed."""
    key_id, subject, key_class, wrapped, version, restricted = row
    key_id, subject = cast("UUID", key_id), cast("UUID", subject)
    secret = (known or {}).get(key_id) or _unwrapped(
        bytes(cast("bytes", wrapped)),
        version=cast("int", version),
        label=key_label(key_id, subject, str(key_class)),
    )
    return DataKey(key_id, subject, str(key_class), bool(restricted), secret)


def destroy_keys(subjects: UUID | Sequence[UUID], *classes: KeyClass | str) -> int:
    """Delete keys (all classes when none is named); what they sealed is unreadable from commit on.

    A class without a year means all its years. Says how many went.
    """
    whom = [subjects] if isinstance(subjects, UUID) else list(subjects)
    names = [str(name) for name in classes] or None
    forget_opened()
    return sql.changed(_DESTROY, (whom, names, names, names))


def restrict_keys(subject: UUID, *classes: KeyClass, since: datetime | None) -> int:
    """Art. 18 GDPR: kept, but opened only inside `reading_restricted`. None lifts it."""
    forget_opened()
    return sql.changed(_RESTRICT, (since, subject, [str(name) for name in classes]))


def forget_opened() -> None:
    """At the end of a request or job: unwrapped keys do not stay."""
    _OPENED.forget()


class _Opened(threading.local):
    """Keys that this thread has open."""

    def __init__(self) -> None:
        self._keys: dict[UUID, DataKey] = {}
        self._until = 0.0

    def keys(self) -> dict[UUID, DataKey]:
        if time.monotonic() > self._until:
            self._keys = {}
            self._until = time.monotonic() + OPENED_SECONDS_MAX
        return self._keys

    def forget(self) -> None:
        if self._keys:
            self._keys = {}


_OPENED = _Opened()


def _openable(rows: Iterable[Sequence[object]]) -> Iterator[DataKey]:
    """A row whose wrapping key was destroyed is as good as gone."""
    for row in rows:
        with suppress(NoSuchKey):
            yield data_key_of(row)


def _ask(pairs: Sequence[_Pair]) -> sql.Asked[_Found]:
    draft = draft_keys(pairs)
    known = {key.id: key.secret for key in draft.keys}
    subjects, names = [subject for subject, _ in pairs], [name for _, name in pairs]
    return sql.ask(
        _GET_OR_MAKE,
        (list(known), subjects, names, list(draft.wrapped), draft.version),
        shape=lambda rows: _by_pair(data_key_of(row, known=known) for row in rows),
    )


def _complete(pairs: Sequence[_Pair], found: _Found) -> _Found:
    """What is missing was made by another transaction meanwhile, which is over by now."""
    missing = [pair for pair in pairs if pair not in found]
    if missing:
        subjects, names = [subject for subject, _ in missing], [name for _, name in missing]
        found |= _by_pair(data_key_of(row) for row in sql.rows(_WANTED, (subjects, names)))
    assert len(found) == len(pairs), "a key that was in the way is there"
    return found


def _by_pair(keys: Iterable[DataKey]) -> _Found:
    return {(key.subject, key.key_class): key for key in keys}


def _unwrapped(wrapped: bytes, *, version: int, label: bytes) -> bytes:
    kek = keyring().get("kek", version)
    try:
        return unwrap(wrapped, key=kek.secret, label=label)
    except CannotUnwrap as error:
        raise NoSuchKey(f"kek version {version} does not open this row") from error


def key_label(key_id: UUID, subject: UUID, key_class: str) -> bytes:
    """A wrapped key works only in its own row."""
    return key_id.bytes + subject.bytes + key_class.encode()
