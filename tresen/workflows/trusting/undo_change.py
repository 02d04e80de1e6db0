"""«That was not me»: a change of credentials is taken back, without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tresen.domains.accounts.commands import TooLateToUndo, forget_devices_of, take_back
from tresen.domains.accounts.queries import find_change, get_shopper, list_changes_of
from tresen.domains.accounts.types import ChangeRow
from tresen.domains.conversations.types import LetterKind
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.account_letters import write_about_account
from tresen.workflows.trusting.account_links import change_of, sign_in_url
from tresen.workflows.trusting.change_credentials import end_other_sessions


def look_at_change(*, token: str, now: datetime) -> tuple[ChangeRow, list[ChangeRow]]:
    """The change, and the later ones that go with it. Raises LinkBroken, LinkExpired,
    TooLateToUndo.
    """
    change = find_change(change_of(token, now=now))
    if change is None or change.undone_at is not None or now > change.until:
        raise TooLateToUndo
    later = list_changes_of(change.user_id, after=change.made_at - timedelta(milliseconds=1))
    return change, [one for one in later if one.id > change.id and one.undone_at is None]


def undo_change(*, token: str, locale: str, now: datetime) -> None:
    """All is as it was before, every device is signed out, and a letter says so.

    Raises LinkBroken, LinkExpired, TooLateToUndo, AddressTaken.
    """
    change_id = change_of(token, now=now)
    with transaction.atomic():
        change = take_back(change_id=change_id, now=now)
        end_other_sessions(user_id=change.user_id)
        forget_devices_of(user_id=change.user_id)
        shopper = get_shopper(change.user_id)
        deed = Deed(
            action="account.undo",
            actor=Actor("customer", shopper.id),
            object_kind="account",
            object_id=str(shopper.id),
            persons=(shopper.person_id,),
        )
        record(deed, now=now)
        write_about_account(
            key=f"account-undo:{change.id}",
            kind=LetterKind.ACCOUNT_RESTORED,
            recipient=shopper.address,
            locale=shopper.language or locale,
            person_id=shopper.person_id,
            name=shopper.name,
            link_url=sign_in_url(locale=shopper.language or locale),
            until=change.until,
            now=now,
        )
