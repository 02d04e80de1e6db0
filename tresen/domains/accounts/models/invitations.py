"""Who was asked to join the staff and has not chosen a password yet."""

from __future__ import annotations

from django.db import models

from tresen.domains.accounts.models.users import User
from tresen.foundation.ids import new_id


class Invitation(models.Model):
    """A link that sets a password once. The account waits, inactive, with its roles."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_invitation"
