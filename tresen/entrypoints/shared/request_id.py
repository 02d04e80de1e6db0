"""Every request has an id: in its log lines, in its answer, and told by whoever asks for help."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, unbind_contextvars

from tresen.entrypoints.shared import access
from tresen.entrypoints.shared.metrics import count_request
from tresen.foundation.vault.closing import close_vault

HEADER = "X-Request-Id"
_META = "HTTP_X_REQUEST_ID"
_ID_BYTES = 8
_PLAIN = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNKNOWN_ROUTE = "unknown"
UNLOGGED = ("health:",)
"""Probes come every few seconds; they are counted, not told."""


class RequestIdMiddleware:
    """Outermost: it sees every answer, also those of other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter_ns()
        given = request.META.get(_META)
        request_id = given if given and _PLAIN.match(given) else os.urandom(_ID_BYTES).hex()
        bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
        finally:
            unbind_contextvars("request_id")
            close_vault()
        response.headers[HEADER] = request_id
        _note(request, response, request_id, time.perf_counter_ns() - begun)
        return response


def _note(
    request: HttpRequest, response: HttpResponseBase, request_id: str, nanoseconds: int
) -> None:
    match = request.resolver_match
    route = (match.view_name or match.route) if match else UNKNOWN_ROUTE
    method = request.method if request.method in _METHODS else "OTHER"
    status = response.status_code
    count_request(route=route, method=method, status=status, nanoseconds=nanoseconds)
    if not route.startswith(UNLOGGED):
        access.write(
            request_id=request_id,
            method=method,
            route=route,
            status=status,
            nanoseconds=nanoseconds,
        )
