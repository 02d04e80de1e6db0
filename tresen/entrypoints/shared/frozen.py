"""While the shop is frozen it can be looked at, not written to; messages of services are kept.

Only what would change something is asked about, so that looking costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from tresen.domains.security.queries.freezing import is_frozen
from tresen.entrypoints.shared.sessions.realms import STAFF_PATH

RETRY_SECONDS = 1_800
READING = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = (STAFF_PATH, "/webhooks/", "/health/")
"""Staff meets the incident there, services bring messages that are stored and settled."""


class FrozenShop:
    """503 with Retry-After for whatever would change something in the shop."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING or request.path_info.startswith(OPEN_PATHS):
            return self.get_response(request)
        return refused(request) if is_frozen() else self.get_response(request)


def refused(request: HttpRequest) -> HttpResponse:
    """In words, with the way back; nothing that was typed was kept."""
    page = render_to_string("shared/frozen.html", {"back_url": request.path})
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
