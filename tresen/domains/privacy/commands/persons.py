"""A person is known from the moment something is kept about them, by their e-mail address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.privacy.models.persons import Identifier, Person
from tresen.domains.privacy.queries.persons import PURPOSE, VALUE, email_indexes
from tresen.domains.privacy.types.persons import IdentifierKind
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import (
    COLUMNS,
    DataKey,
    DraftKeys,
    data_key_of,
    draft_keys,
    keys_for,
)
from tresen.foundation.vault.sealing import blind_index, seal

_FIND_OR_MAKE = f"""
WITH known AS (
  SELECT person_id FROM privacy_identifier WHERE kind = 'email' AND index = ANY(%s::bytea[])
), noted AS (
  INSERT INTO privacy_identifier AS i (id, person_id, kind, index, value)
  SELECT %s, %s, 'email', %s, %s WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (index) WHERE kind = 'email' DO UPDATE SET kind = i.kind
  RETURNING i.id, i.person_id
), fresh AS (
  INSERT INTO privacy_person (id, made_at) SELECT person_id, %s FROM noted WHERE id = %s
), keyed AS (
  INSERT INTO vault.data_key (id, subject, class, wrapped, kek_version)
  SELECT w.id, n.person_id, w.class, w.wrapped, %s
  FROM noted n, unnest(%s::uuid[], %s::text[], %s::bytea[]) AS w(id, class, wrapped)
  WHERE n.id = %s
), found AS (
  SELECT person_id, false AS is_fresh FROM known
  UNION ALL SELECT person_id, id = %s FROM noted
)
SELECT f.person_id, f.is_fresh, {COLUMNS} FROM found f
LEFT JOIN vault.data_key k ON k.subject = f.person_id AND k.class = ANY(%s::text[])
"""  # noqa: S608 (a constant)
"""Whoever is second waits for the first and finds that person; the foreign key looks at commit.

Somebody new gets their keys in the same statement, and the address is sealed with one of them;
of somebody known it brings the keys along.
"""

_NOTE = """
INSERT INTO privacy_identifier (id, person_id, kind, index, value) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


class AskedPerson:
    """A person, and keys of theirs, that are on their way."""

    __slots__ = ("_asked", "_draft")

    def __init__(self, draft: DraftKeys, asked: sql.Asked[list[sql.Row]]) -> None:
        self._draft = draft
        self._asked = asked

    def answer(self) -> tuple[UUID, dict[str, DataKey]]:
        rows = self._asked.answer()
        person_id, is_fresh = cast("tuple[UUID, bool]", rows[0][:2])
        if is_fresh:
            return person_id, {key.key_class: key for key in self._draft.keys}
        names = [key.key_class for key in self._draft.keys]
        found = [data_key_of(row[2:]) for row in rows if row[2] is not None]
        if len(found) < len(names):  # a first order in a new year, or made this very moment
            return person_id, keys_for(person_id, *names)
        return person_id, {key.key_class: key for key in found}


def person_for_email(*, email: str, now: datetime) -> UUID:
    """Who is reached there; made when nobody was."""
    person_id, _ = ask_person(email=email, now=now).answer()
    return person_id


def ask_person(*, email: str, now: datetime, classes: Sequence[str] = ()) -> AskedPerson:
    """The same on its way, with the keys of the profile and of these classes."""
    indexes, identifier, person_id = email_indexes(email), new_id(), new_id()
    names = list(dict.fromkeys([KeyClass.PROFILE.value, *map(str, classes)]))
    draft = draft_keys((person_id, name) for name in names)
    value = seal(mailbox_of(email).encode(), key=draft.keys[0], place=VALUE, row=identifier)
    key_ids = [key.id for key in draft.keys]
    asked = sql.ask(
        _FIND_OR_MAKE,
        (
            *(indexes, identifier, person_id, indexes[0], value, now, identifier),
            *(draft.version, key_ids, names, list(draft.wrapped), identifier),
            *(identifier, names),
        ),
        shape=lambda rows: rows,
    )
    return AskedPerson(draft, asked)


def note_phone(*, person_id: UUID, key: DataKey, phone: str) -> None:
    """A number (E.164) that somebody is reached at, beside their address."""
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
