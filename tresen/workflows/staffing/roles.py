"""Inviting staff, giving roles and letting people go, each with its row in the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tresen.domains.accounts.commands import (
    accept_invitation,
    activate,
    deactivate,
    give_roles,
    invite,
    renew_invitation,
)
from tresen.domains.accounts.commands.staffing import INVITATION_DAYS
from tresen.domains.accounts.queries import find_invited, memberships_of
from tresen.domains.accounts.types import Membership
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault.links import make_link
from tresen.workflows.trusting.staff_credentials import watching_credentials

INVITATION = "staff invitation"


@transaction.atomic
def invite_member(
    *,
    username: str,
    display_name: str,
    email: str,
    memberships: Collection[Membership],
    now: datetime,
    actor: Actor,
) -> tuple[UUID, str]:
    """The new account and the link that sets its password. Raises NameTaken."""
    user_id, invitation_id = invite(
        username=username,
        display_name=display_name,
        email=email,
        memberships=memberships,
        now=now,
    )
    _record("staff.invite", user_id, after=_words(memberships), now=now, actor=actor)
    return user_id, _link(invitation_id, now=now)


@transaction.atomic
def invite_again(*, user_id: UUID, now: datetime, actor: Actor) -> str:
    """A new link; the old one is worth nothing any more."""
    invitation_id = renew_invitation(user_id=user_id, now=now)
    _record("staff.invite_again", user_id, now=now, actor=actor)
    return _link(invitation_id, now=now)


@transaction.atomic
def join(*, invitation_id: UUID, password: str, now: datetime) -> UUID:
    """The invited person has chosen a password. Raises InvitationUsed.

    Who was in before and lost the way is told by mail, with a link that takes it back.
    """
    member = find_invited(invitation_id, now=now)
    if member is not None and member.is_active:
        with watching_credentials(user_id=member.id, session="", now=now) as watched:
            user_id = accept_invitation(invitation_id=invitation_id, password=password, now=now)
            watched.is_done = True
        return user_id
    user_id = accept_invitation(invitation_id=invitation_id, password=password, now=now)
    _record("staff.join", user_id, now=now, actor=Actor("staff", user_id))
    return user_id


@transaction.atomic
def change_roles(
    *, user_id: UUID, memberships: Collection[Membership], now: datetime, actor: Actor
) -> None:
    """Raises LastOwner."""
    before = _words(memberships_of(user_id))
    give_roles(user_id=user_id, memberships=memberships, now=now)
    after = _words(memberships)
    _record("staff.give_roles", user_id, before=before, after=after, now=now, actor=actor)


@transaction.atomic
def let_go(*, user_id: UUID, now: datetime, actor: Actor) -> int:
    """Signed out everywhere and not let in again; says how many sessions ended."""
    ended = deactivate(user_id=user_id, now=now)
    _record("staff.deactivate", user_id, now=now, actor=actor)
    return ended


@transaction.atomic
def take_back(*, user_id: UUID, now: datetime, actor: Actor) -> None:
    """Somebody who left comes back."""
    activate(user_id=user_id)
    _record("staff.activate", user_id, now=now, actor=actor)


def _link(invitation_id: UUID, *, now: datetime) -> str:
    until = now + timedelta(days=INVITATION_DAYS)
    token = make_link(invitation_id, purpose=INVITATION, until=until)
    return f"{settings.PUBLIC_URL}/staff/account/invitation/{token}/"


def _words(memberships: Iterable[Membership]) -> dict[str, object]:
    return {"roles": [f"{one.role}@{one.store}" for one in sorted(memberships)]}


def _record(
    action: str,
    user_id: UUID,
    *,
    now: datetime,
    actor: Actor,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="staff",
        object_id=str(user_id),
        before=before,
        after=after,
    )
    record(deed, now=now)
