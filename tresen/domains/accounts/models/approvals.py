"""What one of the staff has asked for and a second one has to allow."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tresen.domains.accounts.types import ApprovalKind, ApprovalState
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Approval(models.Model):
    """Four eyes: the database itself refuses that somebody decides on their own wish.

    `amount_minor` and `currency` are a refund's; a list has none. `question` is what a list was
    asked, which may name people, sealed with the key of whoever asked. `used_at`: carried out.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=20, choices=[(k, k.title()) for k in ApprovalKind])
    object_id = models.CharField(max_length=60)
    payment_id = models.UUIDField(null=True)
    store_code = models.CharField(max_length=40, default="", blank=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    question = SealedField(null=True)
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default=ApprovalState.WAITING)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_approval"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "asked_by"],
                condition=Q(state="waiting"),
                name="one_approval_waits_for_each_wish",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="two_people_are_two",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None)
                | Q(state__in=["approved", "declined"], decided_by__isnull=False),
                name="decided_approvals_name_who",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(state="approved"), name="only_approved_is_carried_out"
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="accounts_approval_waiting")]
