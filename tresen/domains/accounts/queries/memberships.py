"""Who has which roles."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.accounts.models import Membership as MembershipModel
from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries.staff import name_of
from tresen.domains.accounts.rules import roles_with
from tresen.domains.accounts.types import Membership, Permission, Realm, Role
from tresen.foundation.vault.sealing import prefetch

MEMBERSHIPS_MAX = 200


def memberships_of(user_id: UUID) -> tuple[Membership, ...]:
    """The roles somebody has and where; what they may do follows from these."""
    found = MembershipModel.objects.filter(user_id=user_id).values_list("role", "store_code")
    return tuple(sorted(Membership(Role(role), store) for role, store in found[:MEMBERSHIPS_MAX]))


def names_with(permission: Permission, *, limit: int = 3) -> list[str]:
    """Who may do that for all stores, so that others can ask them."""
    roles = [role.value for role in roles_with(permission)]
    holders = MembershipModel.objects.filter(role__in=roles, store_code="").values("user_id")
    found = User.objects.filter(id__in=holders, realm=Realm.STAFF, is_active=True)
    users = list(found.order_by("date_joined")[:limit])
    prefetch(user.display_name for user in users)
    return [name_of(user) for user in users]
