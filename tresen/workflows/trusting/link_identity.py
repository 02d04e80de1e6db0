"""A company's sign-in is linked to an account: by its owner, or by the shop's owner beforehand.

It is a way in, so it is told by mail like any other change of credentials, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import (
    identities_to_keep,
    keep_staff_change,
    link_identity,
    lock_staff_state,
    unlink_identities,
)
from tresen.domains.accounts.types import ChangeKind
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record


def link_account(*, user_id: UUID, issuer: str, subject: str, actor: Actor, now: datetime) -> bool:
    """False when that name is linked to somebody else: nothing is changed then."""
    return _change(
        lambda: link_identity(user_id=user_id, issuer=issuer, subject=subject, now=now),
        ChangeKind.IDENTITY_LINKED,
        user_id=user_id,
        actor=actor,
        now=now,
    )


def unlink_account(*, user_id: UUID, actor: Actor, now: datetime) -> bool:
    """Whether there was a link."""
    return _change(
        lambda: unlink_identities(user_id=user_id) > 0,
        ChangeKind.IDENTITY_UNLINKED,
        user_id=user_id,
        actor=actor,
        now=now,
    )


@transaction.atomic
def _change(
    make: Callable[[], bool], kind: ChangeKind, *, user_id: UUID, actor: Actor, now: datetime
) -> bool:
    """A deed in any case; whoever has left the house is not written to."""
    former, known = lock_staff_state(user_id), identities_to_keep(user_id)
    is_made = make()
    if identities_to_keep(user_id) == known:
        return is_made  # linked to this account already, or to another one
    if former is not None:
        keep_staff_change(user_id=user_id, kind=kind, former=former, now=now)
    action, about = f"account.{kind}", str(user_id)
    record(Deed(action=action, actor=actor, object_kind="account", object_id=about), now=now)
    return is_made
