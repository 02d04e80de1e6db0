"""Who works here, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Realm, Role, StaffRow

STAFF_MAX = 500


def find_staff(user_id: UUID) -> StaffRow | None:
    user = User.objects.filter(id=user_id, realm=Realm.STAFF).first()
    return _row(user) if user else None


def names_of(user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names to show beside what somebody did."""
    found = User.objects.filter(realm=Realm.STAFF, id__in=list(user_ids)[:STAFF_MAX])
    return {user.id: user.display_name or user.username for user in found}


def _row(user: User) -> StaffRow:
    return StaffRow(
        id=user.id,
        username=user.username,
        name=user.display_name or user.username,
        role=Role(user.role),
        is_active=user.is_active,
    )
