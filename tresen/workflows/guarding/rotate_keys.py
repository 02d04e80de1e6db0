"""Keys are changed while the shop is open: no request fails, and what was stolen is soon useless.

A version of the key-encryption key lives KEK_DAYS; one that nothing is wrapped with any more is
destroyed KEK_GRACE_DAYS after its successor came. Wrapped keys in backups older than that open
nothing, which is what makes an erasure hold for backups too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands.sessions import end_sessions
from tresen.domains.accounts.types import Realm
from tresen.domains.privacy.commands import reindex_identifiers
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault.keyring import (
    Key,
    add_key,
    destroy_keys_before,
    keyring,
    rewrap_keyring,
)
from tresen.foundation.vault.rewrapping import BATCH, NOBODY, count_older, rewrap_some

KEK_DAYS = 7
KEK_GRACE_DAYS = 1
"""Long enough for every process to have seen the new one, and for a last look back."""

Say = Callable[[str, int], None]


def _silent(_what: str, _count: int) -> None:
    pass


def rotate_kek(*, now: datetime, actor: Actor, say: Say = _silent) -> int:
    """A new key-encryption key, and every data key wrapped with it; how many were."""
    fresh = add_key("kek", now=now)
    done = _rewrap(say)
    _note(fresh, now=now, actor=actor)
    return done


def rotate_index(*, now: datetime, actor: Actor, say: Say = _silent) -> int:
    """A new key of fingerprints; those whose value is kept are made anew with it.

    Older versions stay: fingerprints without a value (objections, consents) are found by them.
    """
    fresh = add_key("index", now=now)
    done = 0
    after: UUID | None = NOBODY
    while after is not None:
        with transaction.atomic():
            count, after = reindex_identifiers(after=after, limit=BATCH)
        done += count
        say("fingerprints made anew", done)
    _note(fresh, now=now, actor=actor)
    return done


def rotate_signing(*, now: datetime, actor: Actor, forget: bool = False) -> None:
    """New links and cookies are signed with a new key.

    With `forget` everything that older keys signed is void at once: links in letters as well.
    """
    fresh = add_key("signing", now=now)
    if forget:
        destroy_keys_before("signing", fresh.version)
    _note(fresh, now=now, actor=actor)


def rotate_root(*, now: datetime, actor: Actor) -> None:
    """A new root key; the older ones open nothing any more. Raises CannotRenew, RootTrouble."""
    rewrap_keyring()
    with transaction.atomic():
        record(Deed(action="keys.rotate", actor=actor, object_kind="root"), now=now)


def rotate_everything(*, now: datetime, actor: Actor, say: Say = _silent) -> None:
    """Whatever a thief may hold is useless afterwards: keys, signed links, sessions of both realms.

    Processes notice within a second. Secrets that others gave us (payment services, the mail
    server) are changed where they came from; `tresen keys rotate --everything` names them.
    """
    rotate_kek(now=now, actor=actor, say=say)
    destroy_keys_before("kek", keyring().newest("kek").version)
    rotate_index(now=now, actor=actor, say=say)
    rotate_signing(now=now, actor=actor, forget=True)
    rotate_root(now=now, actor=actor)
    with transaction.atomic():
        ended = sum(end_sessions(realm=realm) for realm in Realm)
        record(Deed(action="sessions.end_all", actor=actor, after={"ended": ended}), now=now)
    say("sessions ended", ended)


def renew_keys(*, now: datetime, actor: Actor) -> int:
    """What the timetable does every night: a fresh key-encryption key each week, old ones gone."""
    newest = keyring().newest("kek")
    if _age(newest, now) >= timedelta(days=KEK_DAYS):
        return rotate_kek(now=now, actor=actor)
    done = _rewrap(_silent)
    older = len(keyring().all("kek")) > 1
    if older and _age(newest, now) >= timedelta(days=KEK_GRACE_DAYS):
        destroy_keys_before("kek", newest.version)
    return done


def _rewrap(say: Say) -> int:
    """Until nothing older is left: a process may wrap with the former one for another second."""
    done = 0
    while count_older(keyring().newest("kek").version):
        before = done
        after: UUID | None = NOBODY
        while after is not None:
            count, after = rewrap_some(after=after)
            done += count
            say("data keys wrapped anew", done)
        if done == before:  # what is left was wrapped with a version that is gone
            break
    return done


def _age(key: Key, now: datetime) -> timedelta:
    """A key that came with the shop's first start is as old as can be."""
    return now - datetime.fromisoformat(key.made_at) if key.made_at else timedelta.max


@transaction.atomic
def _note(key: Key, *, now: datetime, actor: Actor) -> None:
    after = {"version": key.version}
    record(Deed(action="keys.rotate", actor=actor, object_kind=key.kind, after=after), now=now)
