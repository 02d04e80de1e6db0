"""Inviting staff, giving other roles, and letting people go; one owner is always left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tresen.domains.accounts.commands.factors import drop_factors
from tresen.domains.accounts.commands.memberships import set_memberships
from tresen.domains.accounts.commands.sessions import end_sessions_of
from tresen.domains.accounts.commands.staff import call_by_name
from tresen.domains.accounts.models import Invitation, User
from tresen.domains.accounts.models import Membership as MembershipModel
from tresen.domains.accounts.types import Membership, Realm, Role
from tresen.foundation.refusals import Refusal

INVITATION_DAYS = 7


class NameTaken(Refusal):
    """Somebody has this login already."""

    code = "login_taken"
    message = "Somebody has this login already. Please choose another one."


class LastOwner(Refusal):
    """Without this person nobody could give rights any more."""

    code = "last_owner"
    status = 409
    message = "This is the last owner. Please make somebody else an owner first."


class InvitationUsed(Refusal):
    """A link that sets a password does so once."""

    code = "invitation_used"
    status = 410
    message = "This invitation was used or withdrawn. Please ask for a new one."


@transaction.atomic
def invite(
    *,
    username: str,
    display_name: str,
    email: str,
    memberships: Collection[Membership],
    now: datetime,
) -> tuple[UUID, UUID]:
    """An account that waits for its password; its id and the invitation's. Raises NameTaken."""
    user, made = User.objects.get_or_create(
        username=username,
        defaults={
            "realm": Realm.STAFF,
            "role": min(memberships).role,
            "password": make_password(None),
            "is_active": False,
            "date_joined": now,
        },
    )
    if not made:
        raise NameTaken(field="username")
    call_by_name(user, display_name=display_name, email=email)
    user.save(update_fields=["display_name", "email"])
    set_memberships(user_id=user.id, memberships=memberships, now=now)
    return user.id, renew_invitation(user_id=user.id, now=now)


@transaction.atomic
def renew_invitation(*, user_id: UUID, now: datetime) -> UUID:
    """A new link; older ones of this account are worth nothing any more."""
    Invitation.objects.filter(user_id=user_id, used_at=None).update(used_at=now)
    until = now + timedelta(days=INVITATION_DAYS)
    return Invitation.objects.create(user_id=user_id, made_at=now, until=until).id


@transaction.atomic
def accept_invitation(*, invitation_id: UUID, password: str, now: datetime) -> UUID:
    """The person's own password, once; factors and sessions of before are gone.

    Raises InvitationUsed.
    """
    used = Invitation.objects.filter(id=invitation_id, used_at=None, until__gt=now)
    if not used.update(used_at=now):
        raise InvitationUsed(field="token")
    user_id = Invitation.objects.values_list("user_id", flat=True).get(id=invitation_id)
    User.objects.filter(id=user_id).update(password=make_password(password), is_active=True)
    drop_factors(user_id=user_id)
    end_sessions_of(user_id=user_id)
    return user_id


@transaction.atomic
def give_roles(*, user_id: UUID, memberships: Collection[Membership], now: datetime) -> None:
    """Other roles from the next request on. Raises LastOwner."""
    if Membership(Role.OWNER) not in memberships:
        _check_owner_left(user_id)
    set_memberships(user_id=user_id, memberships=memberships, now=now)
    User.objects.filter(id=user_id).update(role=min(memberships).role)


@transaction.atomic
def deactivate(*, user_id: UUID, now: datetime) -> int:
    """No more signing in; says how many sessions ended. Raises LastOwner."""
    _check_owner_left(user_id)
    User.objects.filter(id=user_id, realm=Realm.STAFF).update(is_active=False)
    Invitation.objects.filter(user_id=user_id, used_at=None).update(used_at=now)
    return end_sessions_of(user_id=user_id)


@transaction.atomic
def activate(*, user_id: UUID) -> None:
    """Somebody is back, with the roles they had."""
    User.objects.filter(id=user_id, realm=Realm.STAFF).update(is_active=True)


def _check_owner_left(user_id: UUID) -> None:
    """Two owners who remove each other at once wait for each other here: one is left."""
    owners = MembershipModel.objects.filter(role=Role.OWNER, store_code="")
    locked = list(owners.select_for_update().order_by("id").values_list("user_id", flat=True))
    others = [one for one in locked if one != user_id]
    if user_id in locked and not User.objects.filter(id__in=others, is_active=True).exists():
        raise LastOwner(field="roles")
