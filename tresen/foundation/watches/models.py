"""One row for each watch; the words are ours, and name no person."""

from __future__ import annotations

from django.db import models


class Watch(models.Model):
    """`since` is when it began to be as it is, `seen_at` when it was looked at last."""

    name = models.CharField(max_length=60, primary_key=True)
    is_good = models.BooleanField()
    words = models.CharField(max_length=500)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "watches_watch"
