"""The ledger: one row for each time data about a person left the house."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tresen.foundation.disclosures.types import Way


class Disclosed(models.Model):
    """Names of columns, never their values. `undone_at`: it certainly did not arrive after all."""

    at = models.DateTimeField(db_default=Now())
    way = models.CharField(max_length=10, choices=[(w, w) for w in Way])
    recipient = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=10)
    fields = ArrayField(models.CharField(max_length=80))
    person_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "disclosures_disclosed"
        indexes = [
            models.Index(
                fields=["person_id", "-at"],
                name="disclosed_about_a_person",
                condition=models.Q(person_id__isnull=False),
            ),
            models.Index(fields=["at"], name="disclosed_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(recipient="") & ~models.Q(purpose="") & ~models.Q(fields=[]),
                name="disclosure_says_who_why_and_what",
            ),
        ]
