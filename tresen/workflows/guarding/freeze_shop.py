"""The shop is frozen: everybody is signed out, nothing is changed from outside, keys are new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tresen.domains.accounts.commands import end_sessions
from tresen.domains.accounts.types import Realm
from tresen.domains.security.commands import turn_freeze
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.guarding.rotate_everything import ask_to_rotate


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What became of it; `is_new` is false where it stood so already."""

    is_new: bool
    sessions: int = 0


def freeze_shop(*, now: datetime, actor: Actor, end_links: bool = False) -> Frozen:
    """Sign everybody out, whoever froze it too, and refuse writes of the shop until it is thawed.

    All keys of ours are changed, in the background; a second freeze changes them once more. With
    `end_links` links in earlier mails open nothing any more: choose it when the key file itself
    may have been read.
    """
    with transaction.atomic():
        is_new = turn_freeze(on=True, now=now, actor=actor)
        sessions = end_sessions(realm=Realm.SHOP) + end_sessions(realm=Realm.STAFF)
        deed = Deed(
            action="shop.freeze",
            actor=actor,
            object_kind="shop",
            before={"frozen": not is_new},
            after={"frozen": True, "sessions_ended": sessions, "links_ended": end_links},
        )
        record(deed, now=now)
        ask_to_rotate(actor=actor, end_links=end_links)
    return Frozen(is_new=is_new, sessions=sessions)


@transaction.atomic
def thaw_shop(*, now: datetime, actor: Actor) -> bool:
    """Open again; False where it was not frozen."""
    if not turn_freeze(on=False, now=now, actor=actor):
        return False
    deed = Deed(
        action="shop.thaw",
        actor=actor,
        object_kind="shop",
        before={"frozen": True},
        after={"frozen": False},
    )
    record(deed, now=now)
    return True
