"""People with an account, as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.types.roles import Membership, Realm, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """A member of the staff as colleagues see them."""

    id: UUID
    username: str
    name: str
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where somebody with a login is written to. `person_id`: whose key seals the letter."""

    user_id: UUID
    person_id: UUID
    realm: Realm
    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member of the staff with all roles; `is_invited`: a link waits to be used."""

    id: UUID
    username: str
    name: str
    email: str
    memberships: tuple[Membership, ...]
    is_active: bool
    is_invited: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxRow:
    """A mailbox that somebody has proven; theirs from `since` (None: ever) to `left_at`."""

    person_id: UUID
    since: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRow:
    """What a password is held against; nothing personal is opened for it."""

    user_id: UUID
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopperRow:
    """Somebody with an account in the shop. Their address was proven; there are no others."""

    id: UUID
    person_id: UUID
    address: str
    name: str
    language: str
    password: str
    generation: int
    joined_at: datetime

    @property
    def has_password(self) -> bool:
        return bool(self.password) and not self.password.startswith("!")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlace:
    """An address as it is written on a parcel."""

    name: str
    company: str = ""
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAddressRow:
    """One address of a shopper's book."""

    id: UUID
    place: SavedPlace
    is_first: bool
