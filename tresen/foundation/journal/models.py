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
    """One fact for one listener: heard, waiting, or given up (dead letter)."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    listener = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "journal_delivery"
        constraints = [
            models.UniqueConstraint(fields=["fact", "listener"], name="one_delivery_per_listener"),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="journal_delivery_waiting", condition=models.Q(heard_at=None)
            ),
        ]
