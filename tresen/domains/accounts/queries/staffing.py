"""The staff as those see it who give roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.models import Invitation, User
from tresen.domains.accounts.models import Membership as MembershipModel
from tresen.domains.accounts.queries.staff import email_of, name_of
from tresen.domains.accounts.types import MemberRow, Membership, Realm, Role
from tresen.foundation.vault.sealing import prefetch

MEMBERS_MAX = 500


def list_members(*, now: datetime, text: str = "") -> list[MemberRow]:
    """By login; `text` is the beginning of one."""
    found = User.objects.filter(realm=Realm.STAFF, username__startswith=text[:60])
    return _rows(found.order_by("username")[:MEMBERS_MAX], now=now)


def find_member(user_id: UUID, *, now: datetime) -> MemberRow | None:
    return next(iter(_rows(User.objects.filter(id=user_id, realm=Realm.STAFF), now=now)), None)


def find_member_named(username: str, *, now: datetime) -> MemberRow | None:
    found = User.objects.filter(username=username, realm=Realm.STAFF)
    return next(iter(_rows(found, now=now)), None)


def find_invited(invitation_id: UUID, *, now: datetime) -> MemberRow | None:
    """Whose invitation is still open."""
    found = Invitation.objects.filter(id=invitation_id, used_at=None, until__gt=now)
    users = User.objects.filter(id__in=found.values("user_id"))
    return next(iter(_rows(users, now=now)), None)


def _rows(users: Iterable[User], *, now: datetime) -> list[MemberRow]:
    people = list(users)
    prefetch(text for user in people for text in (user.display_name, user.email))
    ids = [user.id for user in people]
    held = defaultdict(list)
    for one in MembershipModel.objects.filter(user_id__in=ids):
        held[one.user_id].append(Membership(Role(one.role), one.store_code))
    waiting = set(
        Invitation.objects.filter(user_id__in=ids, used_at=None, until__gt=now).values_list(
            "user_id", flat=True
        )
    )
    return [
        MemberRow(
            id=user.id,
            username=user.username,
            name=name_of(user),
            email=email_of(user),
            memberships=tuple(sorted(held[user.id])),
            is_active=user.is_active,
            is_invited=user.id in waiting,
            since=user.date_joined,
        )
        for user in people
    ]
