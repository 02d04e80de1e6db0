"""After a theft: whatever a thief may hold is useless, by one command or with the freeze."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tresen.domains.accounts.commands.sessions import end_sessions
from tresen.domains.accounts.types import Realm
from tresen.domains.stores.commands import renew_publishable_keys
from tresen.foundation.actor import Actor
from tresen.foundation.audit import keys as audit_keys
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.jobs import Lane, NewJob, defer
from tresen.foundation.vault.keyring import destroy_keys_before, keyring
from tresen.operations.words.speaking import gettext_noop
from tresen.workflows.guarding.rotate_keys import (
    Say,
    end_old_indexes,
    rotate_index,
    rotate_kek,
    rotate_root,
    rotate_signing,
    silent,
)

ROTATE = "rotate_all_keys"
"""The job that the freeze hands over; its body is in entrypoints/schedule."""
SESSION_DEED = "sessions.end_all"


def rotate_everything(*, now: datetime, actor: Actor, say: Say = silent) -> Mapping[str, str]:
    """All keys, signed links, sessions of both realms, keys of the API; the new ones by channel.

    Processes notice within a second. Secrets that others gave us (payment services, the mail
    server) are changed where they came from; `tresen keys rotate --everything` names them.
    Raises CannotRenew or RootTrouble at the very end, when all else is done.
    """
    with transaction.atomic():
        ended = sum(end_sessions(realm=realm) for realm in Realm)
        record(Deed(action=SESSION_DEED, actor=actor, after={"ended": ended}), now=now)
    say(gettext_noop("sessions ended"), ended)
    fresh = _renew_api_keys(now=now, actor=actor)
    say(gettext_noop("keys of the API made new"), len(fresh))
    rotate_all_keys(now=now, actor=actor, end_links=True, say=say)
    return fresh


def rotate_all_keys(*, now: datetime, actor: Actor, end_links: bool, say: Say = silent) -> None:
    """Everything that is ours alone: people's keys, fingerprints, signatures, audit, root.

    The messages of the demo payment are signed with the signing key, and change with it.
    """
    rotate_signing(now=now, actor=actor, forget=end_links)
    rotate_kek(now=now, actor=actor, say=say)
    destroy_keys_before("kek", keyring().newest("kek").version)
    rotate_index(now=now, actor=actor, say=say)
    end_old_indexes(say=say)
    version = audit_keys.add_key()
    with transaction.atomic():
        deed = Deed(action="keys.rotate", actor=actor, object_kind="audit", after={"v": version})
        record(deed, now=now)
    rotate_root(now=now, actor=actor)


def ask_to_rotate(*, actor: Actor, end_links: bool) -> None:
    """In the background, from now on: a large shop takes a minute."""
    arguments = {
        "actor_kind": actor.kind,
        "actor_id": str(actor.id or ""),
        "end_links": "yes" if end_links else "",
    }
    defer([NewJob(task=ROTATE, lane=Lane.INSIDE, arguments=arguments)])


@transaction.atomic
def _renew_api_keys(*, now: datetime, actor: Actor) -> Mapping[str, str]:
    fresh = renew_publishable_keys(now=now)
    after = {"channels": sorted(fresh)}
    record(Deed(action="keys.rotate", actor=actor, object_kind="api", after=after), now=now)
    return fresh
