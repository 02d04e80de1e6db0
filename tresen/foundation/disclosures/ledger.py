"""Note what is about to leave, and refuse what would leave undeclared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast
from urllib.parse import quote, quote_plus
from uuid import UUID

from tresen.foundation import sql
from tresen.foundation.disclosures.about import person_in_question
from tresen.foundation.disclosures.types import (
    NO_PERSONAL_DATA,
    DisclosedRow,
    Disclosure,
    Noted,
    Way,
)
from tresen.foundation.vault.personal import column_of
from tresen.foundation.vault.traces import seen

DISCLOSED_MAX = 500

_NOTE = """
INSERT INTO disclosures_disclosed (way, recipient, purpose, basis, fields, person_id, reference)
VALUES (%s, %s, %s, %s, %s::text[], %s, %s) RETURNING id
"""
_UNDO = "UPDATE disclosures_disclosed SET undone_at = now() WHERE id = %s AND undone_at IS NULL"
_ABOUT = """
SELECT at, way, recipient, purpose, basis, fields, reference, undone_at
FROM disclosures_disclosed WHERE person_id = %s ORDER BY at DESC, id DESC LIMIT %s
"""
_FORGET = """
DELETE FROM disclosures_disclosed WHERE id IN (
  SELECT id FROM disclosures_disclosed WHERE at < %s ORDER BY at LIMIT %s)
"""


class UndeclaredDisclosure(Exception):
    """What was about to leave carries data about people that nobody declared; it did not leave.

    Remedy: a `Disclosure` that names the place; the message names it, never the value.
    """


def note(disclosure: Disclosure, *, way: Way) -> Noted:
    """Write it down, before it leaves. Its fields are places of the registry."""
    check(disclosure)
    ((row_id,),) = sql.rows(
        _NOTE,
        (
            way.value,
            disclosure.recipient,
            disclosure.purpose,
            disclosure.basis,
            list(disclosure.fields),
            disclosure.person_id or person_in_question(),
            disclosure.reference,
        ),
    )
    return Noted(cast("int", row_id), disclosure.reference)


def undo(noted: Noted) -> None:
    """It certainly did not arrive: the row stays and says so."""
    sql.run(_UNDO, (noted.row_id,))


def check(disclosure: Disclosure) -> None:
    """A disclosure says who, why and what, in words of the registry."""
    named = disclosure.recipient and disclosure.purpose and disclosure.fields
    assert named, "a disclosure names recipient, purpose and fields"
    unknown = [place for place in disclosure.fields if column_of(place) is None]
    assert not unknown, f"no declared columns: {unknown}"


def refuse_undeclared(texts: Iterable[bytes | str], *, disclosure: Disclosure) -> None:
    """Raises UndeclaredDisclosure where a value that this thread has opened leaves undeclared.

    Looked for as it is, and as JSON, a form and an address write it.
    """
    leaving = b"\n".join(text if isinstance(text, bytes) else text.encode() for text in texts)
    if not leaving.strip():
        return
    declared = set() if disclosure is NO_PERSONAL_DATA else set(disclosure.fields)
    for place, value in seen():
        if place not in declared and any(form in leaving for form in _written(value)):
            raise UndeclaredDisclosure(f"{place} would leave, and nobody declared it")


def list_about(person_id: UUID, *, limit: int = 200) -> list[DisclosedRow]:
    """Who received something about a person, newest first."""
    assert 0 < limit <= DISCLOSED_MAX
    return [_row(row) for row in sql.rows(_ABOUT, (person_id, limit))]


def forget_disclosures(*, before: datetime, limit: int) -> int:
    """Rows older than that; says how many went."""
    return sql.changed(_FORGET, (before, limit))


def _written(value: str) -> Iterator[bytes]:
    yield value.encode()
    yield json.dumps(value)[1:-1].encode()
    yield quote(value, safe="").encode()
    yield quote_plus(value).encode()


def _row(row: sql.Row) -> DisclosedRow:
    at, way, recipient, purpose, basis, fields, reference, undone_at = row
    return DisclosedRow(
        at=cast("datetime", at),
        way=Way(str(way)),
        recipient=str(recipient),
        purpose=str(purpose),
        basis=str(basis),
        fields=tuple(cast("list[str]", fields)),
        reference=str(reference),
        undone_at=cast("datetime | None", undone_at),
    )
