"""What is typed into the search of the audit, turned into the deeds that are meant.

An e-mail address is a person, an order's number or id an object, a name of the staff an account.
`person:`, `actor:`, `session:`, `object:`, `request:` and `action:` say what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tresen.domains.accounts.queries import find_staff_id
from tresen.domains.orders.queries import find_order_id
from tresen.domains.privacy.queries.persons import find_person_by_email
from tresen.domains.security.queries.deeds import Scope
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.foundation.ids import BadId, inner

NOBODY = UUID(int=0)
HINT = "person:, session:, actor:, object:, action:, request:"


def scope_of(words: str, *, since: date | None = None, until: date | None = None) -> Scope:
    """Days are those of the shop, both included. Raises ListRefused."""
    scope = _said(words.strip())
    return replace(
        scope,
        since=_midnight(since) if since else None,
        before=_midnight(until + timedelta(days=1)) if until else None,
    )


def person_words(person_id: UUID) -> str:
    return f"person:{person_id}"


def object_words(object_id: object) -> str:
    return f"object:{object_id}"


def session_words(session: str) -> str:
    return f"session:{session}"


def actor_words(actor_id: UUID) -> str:
    return f"actor:{actor_id}"


def _said(words: str) -> Scope:
    name, sign, rest = words.partition(":")
    if sign and name in _NAMED:
        return _NAMED[name](rest.strip())
    if not words:
        return Scope()
    if "@" in words:
        return Scope(person_id=find_person_by_email(words) or NOBODY)
    return _guessed(words)


def _guessed(words: str) -> Scope:
    """One word without a name: an order, a member of the staff, an action."""
    try:
        return Scope(object_id=str(inner("ord", words)))
    except BadId:
        pass
    order_id = find_order_id(words)
    if order_id is not None:
        return Scope(object_id=str(order_id))
    staff_id = find_staff_id(words)
    if staff_id is not None:
        return Scope(actor_id=staff_id)
    if "." in words:
        return Scope(action=words)
    raise ListRefused(
        field="q",
        remedy=gettext(
            "Search for an e-mail address, an order number, a name of the staff, or with one of "
            "these words: %(words)s"
        )
        % {"words": HINT},
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        remedy = gettext("This is not an id. Follow a link of a deed to search by it.")
        raise ListRefused(field="q", remedy=remedy) from wrong


_NAMED: Mapping[str, Callable[[str], Scope]] = {
    "person": lambda text: Scope(person_id=_uuid(text)),
    "actor": lambda text: Scope(actor_id=_uuid(text)),
    "session": lambda text: Scope(session=text or "-"),
    "object": lambda text: Scope(object_id=text or "-"),
    "request": lambda text: Scope(request_id=text or "-"),
    "action": lambda text: Scope(action=text or "-"),
}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
