"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models

from tresen.domains.accounts.types import Role
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedTextField


class User(AbstractBaseUser):
    """A member of the staff. The login is a name chosen for work, not an address."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=60, unique=True)
    display_name = SealedTextField(default="")
    email = SealedTextField(default="")
    role = models.CharField(max_length=20, choices=[(r, r.title()) for r in Role])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)
    date_joined = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_user"
