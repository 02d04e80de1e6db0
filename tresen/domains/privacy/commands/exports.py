"""Writes about the copies made for requests."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from tresen.domains.privacy import models
from tresen.domains.privacy.queries.requests import PLACES
from tresen.domains.privacy.queries.sealed import closed
from tresen.domains.privacy.types.requests import RequestRow
from tresen.foundation import sql

EXPORT_DAYS = 14
"""As long as class `export` says; the link in the letter is good for the same days."""


def keep_export(*, request: RequestRow, body: bytes, now: datetime) -> UUID:
    """Keep the copy sealed under the request's key; a second one takes the place of the first."""
    export, _ = models.Export.objects.update_or_create(
        request_id=request.id,
        defaults={
            "person_id": request.person_id,
            "kind": request.kind,
            "body": closed(body, place=PLACES["body"], row=request.id),
            "bytes": len(body),
            "made_at": now,
            "expires_at": now + timedelta(days=EXPORT_DAYS),
        },
    )
    return export.id


def count_download(*, export_id: UUID, now: datetime) -> None:
    """The copy was fetched."""
    models.Export.objects.filter(id=export_id).update(
        downloads=F("downloads") + 1, downloaded_at=now
    )


def forget_exports(*, now: datetime, limit: int) -> int:
    """Delete the copies whose days are over."""
    return sql.changed(
        "DELETE FROM privacy_export WHERE id IN"
        " (SELECT id FROM privacy_export WHERE expires_at <= %s ORDER BY expires_at LIMIT %s)",
        (now, limit),
    )


def forget_exports_of(*, person_id: UUID) -> None:
    """Whoever is erased has no copies lying about."""
    models.Export.objects.filter(person_id=person_id).delete()
