"""Who works here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tresen.domains.accounts.commands.memberships import set_memberships
from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries.staff import EMAIL, NAME
from tresen.domains.accounts.types import Membership, Realm, Role
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal


@transaction.atomic
def hire(
    *, username: str, display_name: str, email: str, role: Role, password: str, now: datetime
) -> UUID:
    """A member of the staff, or the one of that name brought up to date (password kept then)."""
    user, made = User.objects.get_or_create(
        username=username,
        realm=Realm.STAFF,
        defaults={"role": role, "date_joined": now, "password": make_password(password)},
    )
    is_new_role = made or user.role != role
    call_by_name(user, display_name=display_name, email=email)
    user.role = role
    user.save(update_fields=["display_name", "email", "role"])
    assert made or user.password
    if is_new_role:
        set_memberships(user_id=user.id, memberships=[Membership(role)], now=now)
    return user.id


def note_language(*, user_id: UUID, language: str) -> None:
    """In which language somebody of the staff reads, so that letters are in it."""
    found = User.objects.filter(id=user_id, realm=Realm.STAFF).exclude(language=language)
    found.update(language=language)


def call_by_name(user: User, *, display_name: str, email: str) -> None:
    """Name and address, sealed with the person's own key; the caller saves."""
    key = keys_for(user.id, KeyClass.PROFILE)[KeyClass.PROFILE]
    user.display_name = seal(display_name.encode(), key=key, place=NAME, row=user.id)
    user.email = seal(email.encode(), key=key, place=EMAIL, row=user.id)
