"""Shoppers: found by the blind index of their address, in the shop's realm alone."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.accounts.models import Mailbox, User
from tresen.domains.accounts.types import LoginRow, MailboxRow, Realm, ShopperRow
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import CannotOpen, blind_indexes, prefetch, unseal

NAME, EMAIL = "accounts_user.display_name", "accounts_user.email"
MAILBOXES_MAX = 20


class NoSuchAccount(Refusal):
    """The account is gone, or was closed."""

    code = "no_such_account"
    status = 404
    message = "There is no such account any more."


def login_indexes_of(address: str) -> list[bytes]:
    """How a mailbox is looked up without lying in the clear; newest key first."""
    return blind_indexes(mailbox_of(address), purpose="accounts.login")


def find_shopper_at(address: str) -> ShopperRow | None:
    """The account of a mailbox."""
    found = User.objects.filter(
        realm=Realm.SHOP, login_index__in=login_indexes_of(address), is_active=True
    ).first()
    return shopper_row(found) if found else None


def find_login_at(address: str) -> LoginRow | None:
    """For whoever only claims to be somebody: one statement, whether there is one or not."""
    found = User.objects.filter(
        realm=Realm.SHOP, login_index__in=login_indexes_of(address), is_active=True
    ).values_list("id", "password")
    row = found.first()
    return LoginRow(user_id=row[0], password=row[1]) if row else None


def find_shopper(user_id: UUID) -> ShopperRow | None:
    """By id; None for staff, for closed and erased accounts, and where there is none."""
    found = User.objects.filter(realm=Realm.SHOP, id=user_id, is_active=True).first()
    return shopper_row(found) if found else None


def get_shopper(user_id: UUID) -> ShopperRow:
    """Raises NoSuchAccount."""
    found = find_shopper(user_id)
    if found is None:
        raise NoSuchAccount
    return found


def account_of(person_id: UUID) -> UUID | None:
    """Whose account it is, closed ones too."""
    found = User.objects.filter(realm=Realm.SHOP, person_id=person_id)
    return found.values_list("id", flat=True).first()


def login_of(user_id: UUID) -> User:
    """What Django's sign-in wants to be given; of the shop's realm alone. Raises NoSuchAccount."""
    found = User.objects.filter(realm=Realm.SHOP, id=user_id, is_active=True).first()
    if found is None:
        raise NoSuchAccount
    return found


def list_mailboxes_of(user_id: UUID) -> list[MailboxRow]:
    """Mailboxes that somebody has proven, the present one first."""
    found = Mailbox.objects.filter(user_id=user_id).order_by("-id")[:MAILBOXES_MAX]
    return [
        MailboxRow(person_id=row.person_id, since=row.since, left_at=row.left_at) for row in found
    ]


def shopper_row(user: User) -> ShopperRow | None:
    """None once the person was erased: nobody is left to sign in."""
    assert user.person_id is not None
    prefetch([user.email, user.display_name])
    try:
        address = unseal(bytes(user.email or b""), place=EMAIL, row=user.id).decode()
        name = unseal(bytes(user.display_name or b""), place=NAME, row=user.id).decode()
    except CannotOpen:
        return None
    return ShopperRow(
        id=user.id,
        person_id=user.person_id,
        address=address,
        name=name,
        language=user.language,
        password=user.password,
        generation=user.generation,
        joined_at=user.date_joined,
    )
