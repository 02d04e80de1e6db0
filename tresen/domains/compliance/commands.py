"""Writes. Keywords only."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tresen.domains.compliance import rules
from tresen.domains.compliance.models import Text
from tresen.domains.compliance.queries import forget_texts
from tresen.domains.compliance.types import TextKind


@transaction.atomic
def publish_text(*, kind: TextKind, locale: str, title: str, body_html: str, now: datetime) -> int:
    """A new version, unless the words are the same; says which version is current."""
    body_html = rules.cleaned(body_html)
    digest = rules.digest_of(title=title, body_html=body_html)
    versions = Text.objects.filter(kind=kind, locale=locale)
    newest = versions.aggregate(newest=Max("version"))["newest"] or 0
    if versions.filter(version=newest, digest=digest).exists():
        return int(newest)
    Text.objects.create(
        kind=kind,
        locale=locale,
        version=newest + 1,
        title=title,
        body_html=body_html,
        digest=digest,
        published_at=now,
    )
    forget_texts()
    return int(newest) + 1
