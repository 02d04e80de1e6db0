"""Whom a company's sign-in means."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from tresen.domains.accounts.models import Identity, User
from tresen.domains.accounts.rules import identity_hash
from tresen.domains.accounts.types import Realm


def find_identified(*, issuer: str, subject: str) -> AbstractBaseUser | None:
    """The account to sign in with, if its owner is still here. By issuer and subject alone."""
    found = Identity.objects.filter(
        name_hash=identity_hash(issuer, subject), user__realm=Realm.STAFF, user__is_active=True
    ).select_related("user")
    link = found.first()
    return link.user if link else None


def account_is_linked(user_id: UUID) -> bool:
    """Whether somebody may sign in that way."""
    return Identity.objects.filter(user_id=user_id).exists()


def account_named(username: str) -> UUID | None:
    """For commands of the operator."""
    found = User.objects.filter(realm=Realm.STAFF, username=username).values_list("id", flat=True)
    return found.first()
