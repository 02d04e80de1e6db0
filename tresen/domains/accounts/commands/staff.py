"""Who works here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Realm, Role


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
    user.display_name, user.email, user.role = display_name, email, role
    user.save(update_fields=["display_name", "email", "role"])
    assert made or user.password
    return user.id
