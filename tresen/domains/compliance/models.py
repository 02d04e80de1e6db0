"""Tables of this domain. Private: others ask queries.py."""

from __future__ import annotations

from django.db import models

from tresen.domains.compliance.types import TextKind


class Text(models.Model):
    """One version of a legal text: append-only, since orders name it."""

    kind = models.CharField(max_length=20, choices=[(k, k) for k in TextKind])
    locale = models.CharField(max_length=10)
    version = models.IntegerField()
    title = models.CharField(max_length=200)
    body_html = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "compliance_text"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "locale", "version"], name="one_text_per_version"
            ),
        ]
