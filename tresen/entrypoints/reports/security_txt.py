"""/.well-known/security.txt: where whoever found a hole may tell us (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tresen.domains.stores.queries import get_channel
from tresen.foundation import clock

VALID_DAYS: Final = 180
"""Less than a year (section 2.5.5); it is renewed with every answer."""


@require_GET
def security_txt(_request: HttpRequest) -> HttpResponse:
    contact = settings.SECURITY_CONTACT or get_channel(settings.DEFAULT_CHANNEL).store.email
    until = (clock.now() + timedelta(days=VALID_DAYS)).replace(minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
