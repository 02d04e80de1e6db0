"""People whom deeds touch, with the name and address that we know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from tresen.domains.orders.queries import latest_persons
from tresen.domains.security.types.incidents import Affected
from tresen.entrypoints.backoffice.kit.types import Column, Linked
from tresen.entrypoints.backoffice.trust.audit.asking import person_words
from tresen.entrypoints.backoffice.trust.audit.rows import audit_url

FIELDS = ("name", "email")
"""What these lists show of a person."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One person on a list; name and address are empty where they cannot be read any more."""

    affected: Affected
    name: str
    email: str
    locale: str = ""


def named(affected: Sequence[Affected]) -> list[Touched]:
    """Two statements, however many."""
    known = latest_persons([row.person_id for row in affected])
    found = []
    for row in affected:
        person, locale = known.get(row.person_id, (None, ""))
        name, email = (person.name, person.email) if person else ("", "")
        found.append(Touched(row, name, email, locale))
    return found


def columns() -> list[Column[Touched]]:
    """As they stand on the page, on paper and in the file."""
    return [
        Column(
            "name", gettext("Name"), lambda row: Linked(_name(row), _url(row.affected.person_id))
        ),
        Column("email", gettext("E-mail"), lambda row: row.email or "–"),
        Column("deeds", gettext("Deeds"), lambda row: row.affected.deeds, kind="number"),
        Column("first", gettext("First"), lambda row: row.affected.first_at),
        Column("last", gettext("Last"), lambda row: row.affected.last_at),
        Column("fields", gettext("Fields"), lambda row: ", ".join(row.affected.fields) or "–"),
    ]


def _name(row: Touched) -> str:
    return row.name or gettext("(erased) %(id)s") % {"id": str(row.affected.person_id)[-6:]}


def _url(person_id: UUID) -> str:
    return audit_url(person_words(person_id))
