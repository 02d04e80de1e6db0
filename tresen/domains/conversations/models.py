"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from django.db import models

from tresen.domains.conversations.types import LetterKind, LetterState
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Letter(models.Model):
    """One intent to write to one person, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, choices=[(k, k) for k in LetterKind])
    locale = models.CharField(max_length=10)
    order_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    recipient = SealedField()
    payload = SealedField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in LetterState])
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    message_id = models.CharField(max_length=200)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="", db_default="", blank=True)

    class Meta:
        db_table = "conversations_letter"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~models.Q(state=LetterState.SENT) & models.Q(sent_at=None)),
                name="letter_sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="letters_to_send",
                condition=models.Q(state=LetterState.QUEUED),
            ),
            models.Index(
                fields=["queued_at"],
                name="letters_not_settled",
                condition=models.Q(state__in=["sending", "held", "failed"]),
            ),
            models.Index(
                fields=["person_id"],
                name="letters_by_person",
                condition=models.Q(person_id__isnull=False),
            ),
            models.Index(
                fields=["order_id"],
                name="letters_about_an_order",
                condition=models.Q(order_id__isnull=False),
            ),
        ]
