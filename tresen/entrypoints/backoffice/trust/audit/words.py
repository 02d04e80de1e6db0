"""Actions of the audit in words; one that nobody has put into words is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from tresen.entrypoints.backoffice.kit.types import Linked, Words
from tresen.entrypoints.backoffice.trust.audit.actions import ACTIONS, OBJECTS, PAGES
from tresen.foundation.audit.rows import DeedRow
from tresen.foundation.ids import outer


def action_words(action: str) -> Words:
    return ACTIONS.get(action, action)


def who_words(row: DeedRow, people: Mapping[UUID, str]) -> str:
    """A name of the staff, else what kind of visitor it was."""
    if row.actor_kind == "staff" and row.actor_id:
        return people.get(row.actor_id, gettext("staff"))
    return {
        "customer": pgettext("actor", "customer"),
        "guest": pgettext("actor", "guest"),
        "api": pgettext("actor", "program"),
        "system": pgettext("actor", "the system"),
    }.get(row.actor_kind, row.actor_kind)


def people_in(rows: Sequence[DeedRow]) -> set[UUID]:
    """Whose names the rows want: who did it, and accounts that it was done to."""
    found = {row.actor_id for row in rows if row.actor_id}
    named = (_number_of(row.object_id) for row in rows if row.object_kind in {"staff", "account"})
    return found | {number for number in named if number}


def object_of(row: DeedRow, people: Mapping[UUID, str]) -> Linked | str:
    """What it was done to: its name where it is one of the staff, its page where it has one."""
    kind = str(OBJECTS.get(row.object_kind, row.object_kind))
    number = _number_of(row.object_id)
    if number is None:
        return f"{kind} {row.object_id}".strip()
    name = people.get(number, f"{kind} …{row.object_id[-6:]}")
    if row.object_kind not in PAGES:
        return name
    route, prefix = PAGES[row.object_kind]
    return Linked(name, reverse(f"backoffice:{route}", args=[outer(prefix, number)]))


def _number_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
