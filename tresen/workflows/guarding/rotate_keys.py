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

from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault.keyring import (
    Key,
    add_key,
    destroy_keys_before,
    keyring,
    rewrap_keyring,
)
from tresen.foundation.vault.rewrapping import NOBODY, count_older, rewrap_some
from tresen.operations.words.speaking import gettext_noop
from tresen.workflows.guarding.reindex import make_indexes_new, old_indexes

KEK_DAYS = 7
KEK_GRACE_DAYS = 1
"""Long enough for every process to have seen the new one, and for a last look back."""

Say = Callable[[str, int], None]


def silent(_what: str, _count: int) -> None:
    """Nobody watches."""


def rotate_kek(*, now: datetime, actor: Actor, say: Say = silent) -> int:
    """A new key-encryption key, and every data key wrapped with it; how many were."""
    fresh = add_key("kek", now=now)
    done = _rewrap(say)
    _note(fresh, now=now, actor=actor)
    return done


def rotate_index(*, now: datetime, actor: Actor, say: Say = silent) -> int:
    """A new key of fingerprints, and every fingerprint whose value is known made anew with it.

    Older versions are destroyed as soon as nothing is left of them; see `end_old_indexes`.
    """
    fresh = add_key("index", now=now)
    done = make_indexes_new(say=say)
    _note(fresh, now=now, actor=actor)
    return done


def end_old_indexes(*, say: Say = silent) -> bool:
    """Destroy the older keys of fingerprints, unless a fingerprint is left that needs one.

    A process may make one with the former key for a second: call it a while after the rotation.
    """
    if len(keyring().all("index")) == 1:
        return True
    make_indexes_new(say=say)
    if old_indexes():
        return False
    destroy_keys_before("index", keyring().newest("index").version)
    return True


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


def renew_keys(*, now: datetime, actor: Actor) -> int:
    """What the timetable does every night: a fresh key-encryption key each week, old ones gone."""
    newest = keyring().newest("kek")
    if _age(keyring().newest("index"), now) >= timedelta(days=KEK_GRACE_DAYS):
        end_old_indexes()
    if _age(newest, now) >= timedelta(days=KEK_DAYS):
        return rotate_kek(now=now, actor=actor)
    done = _rewrap(silent)
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
            say(gettext_noop("data keys wrapped anew"), done)
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
