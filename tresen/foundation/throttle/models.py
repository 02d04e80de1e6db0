"""One row per bucket that is not full. Unlogged: a flood costs no log, a crash forgets it."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """`key` is a keyed fingerprint: nobody reads from the table whose it is.

    `full_at` is when it will be full again, `room_s` how many seconds of refilling it holds.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    full_at = models.DateTimeField()
    room_s = models.FloatField()

    class Meta:
        db_table = "throttle_bucket"
        indexes = [models.Index(fields=["full_at"], name="throttle_full")]
