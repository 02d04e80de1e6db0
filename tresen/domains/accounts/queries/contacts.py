"""Where people with a login are written to, in either realm."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.accounts.models import Membership as MembershipModel
from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries.shoppers import shopper_row
from tresen.domains.accounts.queries.staff import email_of, name_of
from tresen.domains.accounts.types import Contact, Realm, Role

OWNERS_MAX = 10


def find_contact(user_id: UUID) -> Contact | None:
    """None for whoever was erased, left, or is known without an address."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    return _contact(user) if user else None


def list_owners() -> list[Contact]:
    """Who runs the shop, longest here first."""
    owners = MembershipModel.objects.filter(role=Role.OWNER, store_code="").values("user_id")
    found = User.objects.filter(id__in=owners, realm=Realm.STAFF, is_active=True)
    contacts = [_contact(user) for user in found.order_by("date_joined")[:OWNERS_MAX]]
    return [one for one in contacts if one is not None]


def _contact(user: User) -> Contact | None:
    if user.realm == Realm.STAFF:
        address = email_of(user)
        return _made(user, user.id, name_of(user), address) if address else None
    row = shopper_row(user)
    return _made(user, row.person_id, row.name, row.address) if row else None


def _made(user: User, person_id: UUID, name: str, address: str) -> Contact:
    return Contact(
        user_id=user.id,
        person_id=person_id,
        realm=Realm(user.realm),
        name=name,
        address=address,
        language=user.language,
    )
