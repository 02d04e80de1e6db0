"""Sessions and the devices they came from."""

from __future__ import annotations

from django.db import models

from tresen.domains.accounts.models.users import User
from tresen.domains.accounts.types import Realm


class Session(models.Model):
    """One sign-in at one device, or the way to one. Ended is deleted.

    `key_hash` is a digest of the cookie's value; `data` opens only with that value itself, so that
    neither the table nor the vault tells it. No address of the network is kept.
    `rested`: was away too long to touch money without proving anew who they are.
    """

    id = models.UUIDField(primary_key=True)
    realm = models.CharField(max_length=10, choices=[(r, r.title()) for r in Realm])
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    key_hash = models.BinaryField(max_length=32, unique=True)
    data = models.BinaryField()
    device = models.CharField(max_length=40, blank=True)
    device_hash = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    rested = models.BooleanField(default=False)

    class Meta:
        db_table = "accounts_session"
        indexes = [models.Index(fields=["expires_at"], name="accounts_session_ends")]


class Device(models.Model):
    """A device somebody has signed in from: no attacker elsewhere can lock its owner out."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    device = models.CharField(max_length=40, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_device"
        constraints = [
            models.UniqueConstraint(fields=["user", "token_hash"], name="one_row_per_device"),
        ]
        indexes = [models.Index(fields=["token_hash"], name="accounts_device_token")]


class Identity(models.Model):
    """What a company's sign-in calls a member of the staff: a digest of issuer and subject."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name_hash = models.BinaryField(max_length=32, unique=True)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_identity"
