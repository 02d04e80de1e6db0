"""Shoppers: an account begins when its address is proven, and says what it is called."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tresen.domains.accounts.models import Mailbox, User
from tresen.domains.accounts.models.users import SHOP_NAMES
from tresen.domains.accounts.queries.shoppers import EMAIL, NAME, login_indexes_of
from tresen.domains.accounts.types import Realm
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal
from tresen.foundation.sql import constraint_of
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import DataKey, keys_for
from tresen.foundation.vault.sealing import seal

LOGIN_TAKEN = ("one_account_per_login", "one_shop_account_per_person")


class AccountExists(Refusal):
    """The mailbox has an account."""

    code = "account_exists"
    status = 409
    message = "There is an account with this address already. Please sign in."


@transaction.atomic
def open_account(
    *,
    address: str,
    name: str,
    language: str,
    password: str,
    person_id: UUID,
    now: datetime,
) -> UUID:
    """An account for a mailbox that was proven; `password` may be empty. Raises AccountExists."""
    user_id, key = new_id(), profile_key(person_id)
    try:
        with transaction.atomic():
            User.objects.create(
                id=user_id,
                realm=Realm.SHOP,
                username=f"{SHOP_NAMES}{user_id}",
                login_index=login_indexes_of(address)[0],
                person_id=person_id,
                email=seal(address.encode(), key=key, place=EMAIL, row=user_id),
                display_name=seal(name.encode(), key=key, place=NAME, row=user_id),
                language=language,
                password=make_password(password or None),
                role="",
                is_staff=False,
                date_joined=now,
                verified_at=now,
            )
    except IntegrityError as error:
        if constraint_of(error) not in LOGIN_TAKEN:
            raise
        raise AccountExists(field="email") from error
    prove_mailbox(user_id=user_id, person_id=person_id)
    return user_id


def prove_mailbox(*, user_id: UUID, person_id: UUID) -> None:
    """From now on a mailbox is theirs; and what was before, unless it was another account's."""
    others = Mailbox.objects.filter(person_id=person_id).exclude(left_at=None)
    since = others.exclude(user_id=user_id).order_by("-left_at").values_list("left_at", flat=True)
    Mailbox.objects.create(user_id=user_id, person_id=person_id, since=since.first())


def set_profile(*, user_id: UUID, person_id: UUID, name: str, language: str) -> None:
    """What somebody wants to be called, and in which language they are written to."""
    sealed = seal(name.encode(), key=profile_key(person_id), place=NAME, row=user_id)
    found = User.objects.filter(id=user_id, realm=Realm.SHOP)
    found.update(display_name=sealed, language=language)


def close_account(*, person_id: UUID) -> bool:
    """The login and all that hangs on it is gone; whether there was one. Orders stay orders."""
    user = User.objects.filter(realm=Realm.SHOP, person_id=person_id).first()
    if user is None:
        return False
    user.delete()
    return True


def profile_key(person_id: UUID) -> DataKey:
    """What a person's account is sealed with: it ends with their profile."""
    return keys_for(person_id, KeyClass.PROFILE)[KeyClass.PROFILE]
