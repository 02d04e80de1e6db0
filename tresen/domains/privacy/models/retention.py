"""What is kept back from deletion, and what the retention engine did."""

from __future__ import annotations

from django.db import models

from tresen.foundation.ids import new_id


class Hold(models.Model):
    """A legal hold over a person's records, or over a whole class. Lifted, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person_id = models.UUIDField(null=True)
    retention = models.CharField(max_length=40, default="", blank=True)
    place = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    placed_by = models.CharField(max_length=80)
    placed_at = models.DateTimeField()
    review_on = models.DateField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, default="", blank=True)
    lift_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "privacy_hold"
        indexes = [
            models.Index(
                fields=["person_id"], name="holds_in_force", condition=models.Q(lifted_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person_id__isnull=False) | ~models.Q(retention=""),
                name="hold_covers_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(place=""), name="hold_says_why"
            ),
        ]


class Run(models.Model):
    """One run of the retention engine, dry or real."""

    id = models.UUIDField(primary_key=True, default=new_id)
    ran_at = models.DateTimeField()
    dry = models.BooleanField()
    actor = models.CharField(max_length=80)

    class Meta:
        db_table = "privacy_retention_run"
        indexes = [models.Index(fields=["-ran_at"], name="retention_runs_newest")]


class Finding(models.Model):
    """What a run found in one table of one class."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    retention = models.CharField(max_length=40)
    table = models.CharField(max_length=80)
    due = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    oldest_on = models.DateField(null=True)
    law = models.CharField(max_length=120)

    class Meta:
        db_table = "privacy_retention_finding"
