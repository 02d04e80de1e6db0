"""A company's sign-in is linked to an account: by its owner, or by the shop's owner beforehand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import link_identity, unlink_identities
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record


@transaction.atomic
def link_account(*, user_id: UUID, issuer: str, subject: str, actor: Actor, now: datetime) -> bool:
    """False when that name is linked to somebody else: nothing is changed then."""
    if not link_identity(user_id=user_id, issuer=issuer, subject=subject, now=now):
        return False
    _record("account.link_identity", user_id, actor=actor, now=now)
    return True


@transaction.atomic
def unlink_account(*, user_id: UUID, actor: Actor, now: datetime) -> bool:
    """Whether there was a link."""
    if not unlink_identities(user_id=user_id):
        return False
    _record("account.unlink_identity", user_id, actor=actor, now=now)
    return True


def _record(action: str, user_id: UUID, *, actor: Actor, now: datetime) -> None:
    deed = Deed(action=action, actor=actor, object_kind="account", object_id=str(user_id))
    record(deed, now=now)
