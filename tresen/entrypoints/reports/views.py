"""Browsers report what the content security policy refused: counted, told in short, never stored.

Anybody may write here, and a report carries the address of a page: only the directive and the host
of what was refused are kept, few reports are taken from one message, and few a minute are told.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from prometheus_client import Counter

logger = logging.getLogger(__name__)

BODY_BYTES_MAX: Final = 16_384
REPORTS_MAX: Final = 10
"""Of one message."""
TOLD_MAX: Final = 20
"""Of each minute and process; more are only counted."""
MINUTE_SECONDS: Final = 60.0
DIRECTIVES: Final = frozenset(
    {
        "base-uri",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "require-trusted-types-for",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "trusted-types",
        "worker-src",
    }
)
_PLAIN_WORD: Final = re.compile(r"[a-z-]{1,30}\Z")
_PLAIN_HOST: Final = re.compile(r"[a-z0-9.:\[\]-]{1,120}\Z")
REFUSED: Final = Counter("tresen_csp_refused", "What browsers refused to load or run.", ("what",))


@csrf_exempt
@require_POST
@never_cache
def refused(request: HttpRequest) -> HttpResponse:
    """204 for what can be read, 413 for too much, 400 for anything else."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > BODY_BYTES_MAX:
        return HttpResponse(status=413)
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for directive, host in _read(found):
        REFUSED.labels(directive).inc()
        if _may_tell(time.monotonic()):
            logger.warning("A browser refused", extra={"directive": directive, "host": host})
    return HttpResponse(status=204)


def _read(found: object) -> Iterator[tuple[str, str]]:
    """Directive and host of each report, in the old form (report-uri) and the new (report-to)."""
    for one in (found if isinstance(found, list) else [found])[:REPORTS_MAX]:
        if not isinstance(one, dict):
            continue
        body = one.get("csp-report", one.get("body"))
        if isinstance(body, dict):
            named = body.get("effectiveDirective") or body.get("effective-directive")
            named = named or body.get("violated-directive") or ""
            blocked = body.get("blockedURL") or body.get("blocked-uri") or ""
            yield _directive(str(named)), _host(str(blocked))


def _directive(text: str) -> str:
    word = text.strip().partition(" ")[0].lower()
    return word if word in DIRECTIVES else "other"


def _host(text: str) -> str:
    """Only who, never which page: `inline`, `eval`, or a host."""
    if _PLAIN_WORD.match(text):
        return text
    try:
        host = urlsplit(text[:2000]).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    return host if _PLAIN_HOST.match(host) else ""


_TOLD: dict[str, float] = {"since": 0.0, "count": 0.0}
_LOCK: Final = Lock()


def _may_tell(at: float) -> bool:
    with _LOCK:
        if at - _TOLD["since"] > MINUTE_SECONDS:
            _TOLD.update(since=at, count=0.0)
        _TOLD["count"] += 1
        return _TOLD["count"] <= TOLD_MAX
