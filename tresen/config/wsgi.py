"""The web server's door: programs go one way, files another, people the third.

The API asks for no session, forms or messages, so that it gets a chain of five middlewares in
place of Django's ten. Files need none at all. Everything else goes through settings.MIDDLEWARE.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string

from tresen.entrypoints.files.serving import OWN_FILES, PICTURES, Files, Shelf
from tresen.entrypoints.shared.logs import configure_logs

API = "/api/"
API_MIDDLEWARE = (
    "tresen.entrypoints.shared.shield.middleware.ShieldMiddleware",
    "tresen.entrypoints.shared.request_id.RequestIdMiddleware",
    "tresen.entrypoints.api.front.ApiMiddleware",
    "tresen.entrypoints.api.frozen.FrozenApi",
    "tresen.entrypoints.api.strays.StrayProblems",
)
"""Outermost first, as settings.MIDDLEWARE is."""

POLICY_CHECK = "tresen.entrypoints.policy.check.require_declared"
"""Loaded by name: what it walks through wants Django's settings when it is imported."""

configure_logs()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
django.setup(set_prefix=False)
import_string(POLICY_CHECK)()


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
_files = Files(
    (
        Shelf(route=settings.STATIC_URL, folder=settings.STATIC_ROOT, types=OWN_FILES),
        Shelf(
            route=settings.MEDIA_URL,
            folder=settings.MEDIA_ROOT,
            types=PICTURES,
            named_by_content=True,
            for_others=True,
        ),
    ),
    hsts_seconds=settings.SECURE_HSTS_SECONDS,
)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One of the three, by the path."""
    path = environ.get("PATH_INFO", "")
    if path.startswith(_files.routes):
        return _files(environ, start_response)
    handler = _api if path.startswith(API) else _pages
    return handler(environ, start_response)
