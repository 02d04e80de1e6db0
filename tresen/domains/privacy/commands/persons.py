"""A person is known from the moment something is kept about them, by their e-mail address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.privacy.models.persons import Identifier, Person
from tresen.domains.privacy.queries.persons import PURPOSE, email_indexes
from tresen.domains.privacy.types.persons import IdentifierKind
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import DataKey, keys_for
from tresen.foundation.vault.sealing import CannotOpen, blind_index, prefetch, seal, unseal

VALUE = "privacy_identifier.value"

_FIND_OR_MAKE = """
WITH known AS (
  SELECT person_id FROM privacy_identifier WHERE kind = 'email' AND index = ANY(%s::bytea[])
), noted AS (
  INSERT INTO privacy_identifier AS i (id, person_id, kind, index)
  SELECT %s, %s, 'email', %s WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (index) WHERE kind = 'email' DO UPDATE SET kind = i.kind
  RETURNING i.id, i.person_id
), fresh AS (
  INSERT INTO privacy_person (id, made_at) SELECT person_id, %s FROM noted WHERE id = %s
)
SELECT person_id, NULL::uuid FROM known
UNION ALL SELECT person_id, CASE WHEN id = %s THEN id END FROM noted
"""
"""Whoever is second waits for the first and finds that person; the foreign key looks at commit."""

_FILL = "UPDATE privacy_identifier SET value = %s WHERE id = %s"
_NOTE = """
INSERT INTO privacy_identifier (id, person_id, kind, index, value) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""

_VALUES = """
SELECT id, kind, value FROM privacy_identifier WHERE value IS NOT NULL AND id > %s
ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_INDEX = """
UPDATE privacy_identifier i SET index = n.index
FROM unnest(%s::uuid[], %s::bytea[]) AS n(id, index) WHERE i.id = n.id
"""

Found = tuple[UUID, UUID | None]
"""The person, and the identifier whose value has still to be sealed where they are new."""


def person_for_email(*, email: str, now: datetime) -> UUID:
    """Who is reached there; made when nobody was."""
    person_id, fresh = ask_person(email=email, now=now).answer()
    if fresh is not None:
        key = keys_for(person_id, KeyClass.PROFILE)[KeyClass.PROFILE]
        note_identifiers(person_id=person_id, key=key, email=email, fresh=fresh)
    return person_id


def ask_person(*, email: str, now: datetime) -> sql.Asked[Found]:
    """The same on its way, for the path of an order; see `note_identifiers` for what follows."""
    indexes, identifier = email_indexes(email), new_id()
    return sql.ask(
        _FIND_OR_MAKE,
        (indexes, identifier, new_id(), indexes[0], now, identifier, identifier),
        shape=lambda rows: cast("Found", rows[0]),
    )


def note_identifiers(
    *, person_id: UUID, key: DataKey, email: str, fresh: UUID | None, phone: str = ""
) -> None:
    """Seal what a new person was found by; a phone number (E.164) is noted beside it."""
    if fresh is not None:
        address = mailbox_of(email).encode()
        sql.run(_FILL, (seal(address, key=key, place=VALUE, row=fresh), fresh))
    if phone:
        kind, identifier = IdentifierKind.PHONE, new_id()
        index = blind_index(phone, purpose=PURPOSE[kind])
        sealed = seal(phone.encode(), key=key, place=VALUE, row=identifier)
        sql.run(_NOTE, (identifier, person_id, kind.value, index, sealed))


def mark_erased(*, person_ids: Sequence[UUID], now: datetime) -> None:
    """They are found by nothing any more; that they were here is all that stays."""
    Identifier.objects.filter(person_id__in=person_ids).delete()
    Person.objects.filter(id__in=person_ids).update(erased_at=now)


def mark_restricted(*, person_id: UUID, since: datetime | None) -> None:
    """Their data are only stored for now (Art. 18 GDPR); None ends it."""
    Person.objects.filter(id=person_id).update(restricted_at=since)


def reindex_identifiers(*, after: UUID, limit: int) -> tuple[int, UUID | None]:
    """Fingerprints with the newest index key, one batch; where to go on, None at the end.

    A value that cannot be opened any more (its person was erased) keeps its old fingerprint.
    """
    rows = sql.rows(_VALUES, (after, limit))
    prefetch(cast("bytes", row[2]) for row in rows)
    fresh = [(row[0], index) for row in rows if (index := _index_of(row)) is not None]
    if fresh:
        sql.run(_INDEX, ([row_id for row_id, _ in fresh], [index for _, index in fresh]))
    return len(fresh), cast("UUID", rows[-1][0]) if len(rows) == limit else None


def _index_of(row: sql.Row) -> bytes | None:
    identifier, kind, sealed = row
    try:
        clear = unseal(bytes(cast("bytes", sealed)), place=VALUE, row=identifier)
    except CannotOpen:
        return None
    return blind_index(clear.decode(), purpose=PURPOSE[IdentifierKind(str(kind))])
