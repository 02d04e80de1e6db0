"""Logins: of shoppers and of staff."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models

from tresen.domains.accounts.types import Realm, Role
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField

SHOP_NAMES = "shop:"
_SHOP = models.Q(
    realm=Realm.SHOP,
    role="",
    is_staff=False,
    is_superuser=False,
    login_index__isnull=False,
    username__startswith=SHOP_NAMES,
)
_STAFF = (
    models.Q(realm=Realm.STAFF) & ~models.Q(role="") & ~models.Q(username__startswith=SHOP_NAMES)
)


class User(AbstractBaseUser):
    """Somebody with a login, in one of two realms that never mix.

    Staff sign in with a name chosen for work. Shoppers sign in with their address, of which only
    a blind index is looked up; their `username` is made of the id and shown to nobody.
    `generation` counts the changes of credentials: what was signed for an older one is void.
    `totp_step` is the time step of the last code of an app that was taken: none is taken twice.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    realm = models.CharField(
        max_length=10, choices=[(r, r.title()) for r in Realm], default=Realm.STAFF
    )
    username = models.CharField(max_length=60, unique=True)
    login_index = models.BinaryField(max_length=32, null=True)
    person_id = models.UUIDField(null=True)
    display_name = SealedField(null=True)
    email = SealedField(null=True)
    language = models.CharField(max_length=10, default="", blank=True)
    role = models.CharField(max_length=20, choices=[(r, r.title()) for r in Role], blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)
    date_joined = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    generation = models.IntegerField(default=0)
    totp_step = models.BigIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.UniqueConstraint(fields=["realm", "login_index"], name="one_account_per_login"),
            models.UniqueConstraint(
                fields=["person_id"],
                condition=models.Q(realm=Realm.SHOP),
                name="one_shop_account_per_person",
            ),
            models.CheckConstraint(condition=_SHOP | _STAFF, name="realms_never_mix"),
        ]


class Mailbox(models.Model):
    """A mailbox that a shopper has proven, by the person who is reached there.

    What was ordered with it between `since` (None: ever) and `left_at` (None: still) is theirs.
    Before and after it may have been somebody else's.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    person_id = models.UUIDField()
    since = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_mailbox"
        indexes = [models.Index(fields=["person_id"], name="mailboxes_of_a_person")]
