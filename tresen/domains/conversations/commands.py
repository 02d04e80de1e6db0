"""Writes. Keywords only.

`queue_…` runs inside the caller's transaction. The others are one statement each and are kept at
once: what a letter's carrier is about to do, or did, must be known before anything else happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from tresen.domains.conversations import rules
from tresen.domains.conversations.types import Letter, LetterKind, NewLetter
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.vault.data_keys import keys_of_many
from tresen.foundation.vault.sealing import CannotOpen, seal, seal_json, unseal, unseal_json

BELL = "tresen_letters"
"""The NOTIFY channel that wakes the sender; it carries no content."""
ERROR_LENGTH_MAX = 200
ERASED = "the person was erased"

_RECIPIENT = "conversations_letter.recipient"
_PAYLOAD = "conversations_letter.payload"

_QUEUE = """
WITH told AS (
  INSERT INTO conversations_letter (id, key, kind, locale, order_id, person_id, recipient,
    payload, message_id, state, queued_at, due_at)
  SELECT l.*, 'queued', %s, %s
  FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid[],
    %s::bytea[], %s::bytea[], %s::text[]) AS l
  ON CONFLICT (key) DO NOTHING RETURNING 1
)
SELECT pg_notify('tresen_letters', '') FROM told
"""
_CLAIM = """
WITH sent AS (
  UPDATE conversations_letter SET state = 'sent', sent_at = %s, error = ''
  WHERE id = %s AND state = 'sending'
)
UPDATE conversations_letter SET state = 'sending', claimed_at = %s, tries = tries + 1
WHERE id = (
  SELECT id FROM conversations_letter WHERE state = 'queued' AND due_at <= %s
  ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, locale, person_id, recipient, payload, message_id, tries, queued_at
"""
_SENT = """
UPDATE conversations_letter SET state = 'sent', sent_at = %s, error = ''
WHERE id = %s AND state = 'sending'
"""
_PUT_OFF = """
UPDATE conversations_letter SET state = 'queued', due_at = %s, error = %s
WHERE id = %s AND state = 'sending'
"""
_END = """
UPDATE conversations_letter SET state = %s, error = %s WHERE id = %s AND state = 'sending'
"""
_ABANDONED = """
UPDATE conversations_letter SET state = 'held', error = 'the worker died while it was sent'
WHERE state = 'sending' AND claimed_at < %s
"""
_RELEASE = """
WITH told AS (
  UPDATE conversations_letter SET state = 'queued', tries = 0, due_at = %s, error = ''
  WHERE id = %s AND state IN ('held', 'failed') RETURNING 1
)
SELECT pg_notify('tresen_letters', '') FROM told
"""
_SETTLE = """
UPDATE conversations_letter SET state = 'sent', sent_at = %s
WHERE id = %s AND state = 'held'
"""


def queue_letter(
    *,
    key: str,
    kind: LetterKind,
    locale: str,
    recipient: str,
    payload: Mapping[str, object],
    person_id: UUID,
    now: datetime,
    order_id: UUID | None = None,
) -> None:
    """Write one intent down. Asking again with the same key changes nothing."""
    letter = NewLetter(
        key=key,
        kind=kind,
        locale=locale,
        recipient=recipient,
        payload=payload,
        person_id=person_id,
        order_id=order_id,
    )
    queue_letters(letters=[letter], now=now)


def queue_letters(*, letters: Sequence[NewLetter], now: datetime) -> None:
    """Write intents down, in two statements: their keys, and the letters."""
    letters = [letter for letter in letters if letter.recipient]
    if not letters:
        return
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    ids = [new_id() for _ in letters]
    wanted = [(letter.person_id, rules.key_class_of(letter.kind, now=now)) for letter in letters]
    found = keys_of_many(wanted)
    keys = [found[pair] for pair in wanted]
    sql.run(
        _QUEUE,
        (
            now,
            now,
            ids,
            [letter.key for letter in letters],
            [letter.kind.value for letter in letters],
            [letter.locale for letter in letters],
            [letter.order_id for letter in letters],
            [letter.person_id for letter in letters],
            [
                seal(letter.recipient.encode(), key=key, place=_RECIPIENT, row=row)
                for letter, key, row in zip(letters, keys, ids, strict=True)
            ],
            [
                seal_json(dict(letter.payload), key=key, place=_PAYLOAD, row=row)
                for letter, key, row in zip(letters, keys, ids, strict=True)
            ],
            [rules.message_id_of(letter_id, host=host) for letter_id in ids],
        ),
    )


def claim_letter(*, now: datetime, sent: UUID | None = None) -> Letter | None:
    """The next letter that is due, from now on «sending»; two senders never get the same one.

    `sent` is the one before, which the carrier took: both are kept in one statement. A letter
    that cannot be opened any more (its person was erased) is given up on the way.
    """
    while True:
        found = sql.rows(_CLAIM, (now, sent, now, now))
        if not found:
            return None
        try:
            return _opened(found[0])
        except CannotOpen:
            fail_letter(letter_id=cast("UUID", found[0][0]), reason=ERASED)
            sent = None


def _opened(row: sql.Row) -> Letter:
    letter_id, kind, locale, person_id, recipient, payload, message_id, tries, queued_at = row
    address, words = bytes(cast("bytes", recipient)), bytes(cast("bytes", payload))
    return Letter(
        id=cast("UUID", letter_id),
        kind=LetterKind(cast("str", kind)),
        locale=cast("str", locale),
        person_id=cast("UUID | None", person_id),
        recipient=unseal(address, place=_RECIPIENT, row=letter_id).decode(),
        payload=cast("Mapping[str, object]", unseal_json(words, place=_PAYLOAD, row=letter_id)),
        message_id=cast("str", message_id),
        tries=cast("int", tries),
        queued_at=cast("datetime", queued_at),
    )


def mark_sent(*, letter_id: UUID, now: datetime) -> None:
    """The carrier took it."""
    sql.run(_SENT, (now, letter_id))


def put_off_letter(*, letter_id: UUID, until: datetime, reason: str) -> None:
    """The carrier certainly did not take it, and may do so later."""
    sql.run(_PUT_OFF, (until, reason[:ERROR_LENGTH_MAX], letter_id))


def fail_letter(*, letter_id: UUID, reason: str) -> None:
    """The carrier certainly did not take it and never will."""
    sql.run(_END, ("failed", reason[:ERROR_LENGTH_MAX], letter_id))


def hold_letter(*, letter_id: UUID, reason: str) -> None:
    """Nobody knows whether it went: a person looks, nothing is sent again by itself."""
    sql.run(_END, ("held", reason[:ERROR_LENGTH_MAX], letter_id))


def hold_abandoned(*, now: datetime) -> int:
    """Hold what a worker was sending when it died; says how many."""
    return sql.changed(_ABANDONED, (now - rules.SENDING_MAX,))


def release_letter(*, letter_id: UUID, now: datetime) -> bool:
    """A person looked and wants it sent (again). False where it is neither held nor failed."""
    return bool(sql.rows(_RELEASE, (now, letter_id)))


def settle_letter(*, letter_id: UUID, now: datetime) -> bool:
    """A person looked and found that it had arrived. False where it is not held."""
    return bool(sql.changed(_SETTLE, (now, letter_id)))
