"""How often something was taken: one row per limit and key."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Count(models.Model):
    """`key` is a keyed fingerprint: nobody reads from the table whose it is.

    `takes` are the moments of the last takes of a limit with a window, `taken` counts those of a
    limit without an end; from `forget_at` on the row says nothing any more.
    """

    name = models.CharField(max_length=60)
    key = models.BinaryField(max_length=32)
    takes = ArrayField(models.DateTimeField())
    taken = models.PositiveIntegerField()
    forget_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "limits_count"
        constraints = [
            models.UniqueConstraint(fields=["name", "key"], name="one_count_per_limit_and_key"),
        ]
        indexes = [
            models.Index(
                fields=["forget_at"],
                name="limits_to_forget",
                condition=models.Q(forget_at__isnull=False),
            ),
        ]
