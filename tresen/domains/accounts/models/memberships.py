"""Which roles somebody of the staff has, and where."""

from __future__ import annotations

from django.db import models

from tresen.domains.accounts.models.users import User
from tresen.domains.accounts.types import Role


class Membership(models.Model):
    """A role of a member of the staff, for one store (its code) or for all of them (empty).

    What somebody may do follows from these rows alone; `User.role` is the first of them and only
    says how somebody is called.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(r, r.title()) for r in Role])
    store_code = models.CharField(max_length=40, default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "accounts_membership"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "store_code"], name="one_membership_per_role_and_store"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="membership_role_known",
            ),
        ]
