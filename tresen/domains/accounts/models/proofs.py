"""What somebody was asked to prove, and what changed in the credentials of an account."""

from __future__ import annotations

from django.db import models

from tresen.domains.accounts.models.users import User
from tresen.domains.accounts.types import ChangeKind, Purpose
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Proof(models.Model):
    """One thing to prove, for one purpose, once, within minutes.

    It is bound to the account as it was (`generation`) and to the address it was asked for. A row
    is written for unknown addresses too, so that nobody can tell them from known ones.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    purpose = models.CharField(max_length=20, choices=[(p, p) for p in Purpose])
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    generation = models.IntegerField(null=True)
    address = SealedField(null=True)
    locale = models.CharField(max_length=10, default="", blank=True)
    way = models.CharField(max_length=300, default="", blank=True)
    code_digest = models.BinaryField(max_length=32, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_proof"
        indexes = [
            models.Index(fields=["user"], name="proofs_of_an_account"),
            models.Index(fields=["expires_at"], name="proofs_to_forget"),
        ]


class Change(models.Model):
    """One change of credentials, with the whole state before it, so that it can be taken back."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=30, choices=[(k, k) for k in ChangeKind])
    former = SealedField(null=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_change"
        indexes = [
            models.Index(fields=["user", "-made_at"], name="changes_of_an_account"),
            models.Index(
                fields=["until"],
                name="changes_to_forget",
                condition=models.Q(former__isnull=False),
            ),
        ]
