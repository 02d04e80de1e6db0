"""Requests through the web server's own door, and every address that the house answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tresen.config.wsgi import application

SAMPLES = {
    "int": "7",
    "slug": "tee",
    "str": "x7",
    "path": "a/b",
    "uuid": str(UUID(int=7)),
}


@dataclass(frozen=True)
class Answer:
    """What came back, header names in lower case; cookies apart, because there may be several."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body)


@contextmanager
def one_connection() -> Iterator[None]:
    """On the test's own connection: Django would close it after each request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(
    path: str,
    *,
    method: str = "GET",
    body: bytes | str = b"",
    kind: str = "application/octet-stream",
    extra: dict[str, Any] | None = None,
    **headers: str,
) -> Answer:
    """Through config.wsgi, as a browser would reach it. `extra` goes into the WSGI environment."""
    environ: dict[str, Any] = (
        RequestFactory().generic(method, path, body, content_type=kind, headers=headers).environ
    )
    told: list[tuple[str, list[tuple[str, str]]]] = []
    parts = application(
        {**environ, **(extra or {})}, lambda status, found: told.append((status, found))
    )
    content = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    ((status, found),) = told
    return Answer(
        int(status[:3]),
        {name.lower(): value for name, value in found},
        tuple(value for name, value in found if name.lower() == "set-cookie"),
        content,
    )


def addresses() -> dict[str, str]:
    """Each route with a name of its own, filled with samples: the name and one address of it."""
    found: dict[str, str] = {}
    for pattern, place in _walk(get_resolver(), "/"):
        found.setdefault(pattern.name or place, place)
    return found


def _walk(resolver: URLResolver, before: str) -> Iterator[tuple[URLPattern, str]]:
    for part in resolver.url_patterns:
        place = before + _filled(part)
        if isinstance(part, URLResolver):
            yield from _walk(part, place)
        else:
            yield part, place


def _filled(part: URLPattern | URLResolver) -> str:
    """`<slug:kind>/` becomes `tee/`; a language prefix becomes German."""
    text = str(part.pattern)
    for name, converter in part.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        sample = SAMPLES["str" if kind == "string" else kind if kind in SAMPLES else "str"]
        for written in (
            f"<{kind}:{name}>",
            f"<{kind.replace('string', 'str')}:{name}>",
            f"<{name}>",
        ):
            text = text.replace(written, sample)
    return text.lstrip("^").rstrip("$\\Z").replace("\\", "")
