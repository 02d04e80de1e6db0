"""Changes of the staff's credentials are told by mail, and taken back without signing in.

The sign-in library makes these changes: it is let do so between two looks at the account, in one
transaction, so that no change can stay untold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import (
    TooLateToUndo,
    end_sessions_of,
    forget_devices_of,
    keep_staff_change,
    lock_staff_state,
    take_back_of_staff,
)
from tresen.domains.accounts.queries import find_change, find_contact
from tresen.domains.accounts.rules import changed_between
from tresen.domains.accounts.types import ChangeRow, Realm
from tresen.domains.conversations.types import LetterKind
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.account_letters import write_about_account
from tresen.workflows.trusting.account_links import change_of, sign_in_url


@dataclass(slots=True)
class Watched:
    """What came of it: whether it was carried out, and the session that stays."""

    is_done: bool = False
    here: UUID | None = None


@contextmanager
def watching_credentials(*, user_id: UUID, session: str, now: datetime) -> Iterator[Watched]:
    """Whatever changes inside is kept with its former state, noted and told; others are out."""
    watched = Watched()
    with transaction.atomic():
        before = lock_staff_state(user_id)
        yield watched
        after = lock_staff_state(user_id) if watched.is_done else None
        kind = changed_between(before, after) if before and after else None
        if before is None or kind is None:
            return
        keep_staff_change(user_id=user_id, kind=kind, former=before, now=now)
        ended = end_sessions_of(user_id=user_id, but=watched.here)
        _note(f"account.{kind}", user_id, session=session, ended=ended, now=now)


def look_at_staff_change(*, token: str, now: datetime) -> ChangeRow:
    """Raises LinkBroken, LinkExpired, TooLateToUndo."""
    change = find_change(change_of(token, realm=Realm.STAFF, now=now))
    if change is None or change.undone_at is not None or now > change.until:
        raise TooLateToUndo
    return change


@transaction.atomic
def undo_staff_change(*, token: str, locale: str, now: datetime) -> None:
    """All is as it was before, every device is signed out, and a letter says so.

    Raises LinkBroken, LinkExpired, TooLateToUndo.
    """
    change = take_back_of_staff(change_id=change_of(token, realm=Realm.STAFF, now=now), now=now)
    ended = end_sessions_of(user_id=change.user_id)
    forget_devices_of(user_id=change.user_id)
    _note("account.undo", change.user_id, session="", ended=ended, now=now)
    contact = find_contact(change.user_id)
    if contact is None:
        return
    locale = contact.language or locale
    write_about_account(
        key=f"account-undo:{change.id}",
        kind=LetterKind.ACCOUNT_RESTORED,
        recipient=contact.address,
        locale=locale,
        person_id=contact.person_id,
        name=contact.name,
        link_url=sign_in_url(locale=locale, realm=Realm.STAFF),
        until=change.until,
        now=now,
    )


def _note(action: str, user_id: UUID, *, session: str, ended: int, now: datetime) -> None:
    deed = Deed(
        action=action,
        actor=Actor("staff", user_id, session=session),
        object_kind="account",
        object_id=str(user_id),
        after={"ended": ended},
    )
    record(deed, now=now)
