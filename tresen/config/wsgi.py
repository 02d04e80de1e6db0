"""The web server's door: programs go one way, people the other.

The API asks for no session, forms or messages, so that it gets a chain of three middlewares in
place of Django's eleven. Everything else goes through settings.MIDDLEWARE.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string

from tresen.entrypoints.policy.check import require_declared
from tresen.entrypoints.shared.logs import configure_logs

API = "/api/"
API_MIDDLEWARE = (
    "tresen.entrypoints.shared.request_id.RequestIdMiddleware",
    "tresen.entrypoints.api.front.ApiMiddleware",
    "tresen.entrypoints.api.strays.StrayProblems",
)
"""Outermost first, as settings.MIDDLEWARE is."""

configure_logs()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
django.setup(set_prefix=False)
require_declared()


class ApiHandler(WSGIHandler):
    """Django's handler with the API's own chain."""

    def load_middleware(self, is_async: bool = False) -> None:
        assert not is_async
        handler = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for middleware in reversed(API_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(middleware)(handler))
        self._view_middleware: list[object] = []
        self._template_response_middleware: list[object] = []
        self._exception_middleware: list[object] = []
        self._middleware_chain = handler


_pages, _api = WSGIHandler(), ApiHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One of the two handlers, by the path."""
    handler = _api if environ.get("PATH_INFO", "").startswith(API) else _pages
    return handler(environ, start_response)
