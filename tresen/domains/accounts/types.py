"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Realm(StrEnum):
    """Where an account may sign in. Nobody is of both."""

    SHOP = "shop"
    STAFF = "staff"


class Role(StrEnum):
    """What a member of the staff is."""

    OWNER = "owner"
    MANAGER = "manager"
    CLERK = "clerk"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"
    MARKETING = "marketing"
    ACCOUNTANT = "accountant"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A member of the staff as colleagues see them."""

    id: UUID
    username: str
    name: str
    role: Role
    is_active: bool
