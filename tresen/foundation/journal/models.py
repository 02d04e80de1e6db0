"""The outbox: facts waiting to be told, and which listener has heard which."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """One thing that happened. Written with what it tells about, never changed."""

    kind = models.CharField(max_length=100)
    body = models.JSONField()
    happened_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_fact"
        indexes = [
            models.Index(
                fields=["id"], name="journal_fact_waiting", condition=models.Q(spread_at=None)
            ),
        ]


class Delivery(models.Model):
    """One fact for one listener: heard, waiting, or given up (dead letter).

    `tries` counts the times the listener failed, `cut_short` the times a worker died over it.
    While it waits, a job should be about it at `due_at`. `error` names a class and a place in
    the code, never a value.
    """

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    listener = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(db_default=0, default=0)
    cut_short = models.PositiveSmallIntegerField(db_default=0, default=0)
    due_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, db_default="", default="", blank=True)

    class Meta:
        db_table = "journal_delivery"
        constraints = [
            models.UniqueConstraint(fields=["fact", "listener"], name="one_delivery_per_listener"),
            models.CheckConstraint(
                condition=models.Q(heard_at=None) | models.Q(given_up_at=None),
                name="heard_or_given_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="journal_delivery_waiting",
                condition=models.Q(heard_at=None, given_up_at=None),
            ),
            models.Index(
                fields=["id"],
                name="journal_delivery_dead",
                condition=models.Q(given_up_at__isnull=False),
            ),
        ]
