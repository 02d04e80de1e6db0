"""Who works here, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Realm, Role, StaffRow
from tresen.foundation.vault.sealing import CannotOpen, prefetch, unseal

STAFF_MAX = 500
NAME, EMAIL = "accounts_user.display_name", "accounts_user.email"


def find_staff(user_id: UUID) -> StaffRow | None:
    user = User.objects.filter(id=user_id, realm=Realm.STAFF).first()
    return _row(user) if user else None


def find_staff_id(username: str) -> UUID | None:
    """Who signs in behind the counter by that name."""
    found = User.objects.filter(realm=Realm.STAFF, username=username)
    return found.values_list("id", flat=True).first()


def names_of(user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names to show beside what somebody did."""
    found = list(User.objects.filter(realm=Realm.STAFF, id__in=list(user_ids)[:STAFF_MAX]))
    prefetch(user.display_name for user in found)
    return {user.id: name_of(user) for user in found}


def _row(user: User) -> StaffRow:
    return StaffRow(
        id=user.id,
        username=user.username,
        name=name_of(user),
        role=Role(user.role),
        is_active=user.is_active,
    )


def name_of(user: User) -> str:
    """The name for work; the login where there is none (any more)."""
    if user.display_name is None:
        return user.username
    try:
        return unseal(bytes(user.display_name), place=NAME, row=user.id).decode() or user.username
    except CannotOpen:
        return user.username


def email_of(user: User) -> str:
    """Where to reach somebody of the staff; nothing where it is no longer known."""
    if user.email is None:
        return ""
    try:
        return unseal(bytes(user.email), place=EMAIL, row=user.id).decode()
    except CannotOpen:
        return ""
