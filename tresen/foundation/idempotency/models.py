"""Keys that were used, what was asked with them, and what came of it."""

from __future__ import annotations

from django.db import models


class UsedKey(models.Model):
    """One key of one asker. The outcome holds ids and plain values, no personal data."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    fingerprint = models.BinaryField(max_length=32)
    outcome = models.JSONField(null=True)
    used_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_used_key"
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_use_per_key"),
        ]
        indexes = [models.Index(fields=["used_at"], name="idempotency_used_at")]
