"""Where a shopper has things sent."""

from __future__ import annotations

from django.db import models

from tresen.domains.accounts.models.users import User
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class SavedAddress(models.Model):
    """One address of a shopper's book; at most one of them is offered first."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    body = SealedField()
    is_first = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_saved_address"
        indexes = [models.Index(fields=["user", "saved_at"], name="addresses_of_a_shopper")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(is_first=True),
                name="one_address_is_offered_first",
            )
        ]
