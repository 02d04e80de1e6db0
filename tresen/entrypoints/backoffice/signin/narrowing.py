"""The backstop at the door: while staff of single stores is served, the database shows no others.

The views narrow their queries themselves; should one forget, the row rules of the server still
hold. Staff of all stores is not narrowed and pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from tresen.entrypoints.policy.standing import scope_of
from tresen.foundation.database.narrowing import narrow, widen


def narrowed(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """What the view answers; of a streamed answer also the rest, which is read later."""
    stores = scope_of(request)
    if stores is None:
        return view()
    narrow(connection, stores=stores)
    streams = False
    try:
        response = view()
        if isinstance(response, StreamingHttpResponse):
            streams = True
            parts = response.streaming_content
            assert isinstance(parts, Iterable)
            response.streaming_content = _until_the_end(parts)
        return response
    finally:
        if not streams:
            widen(connection)


def _until_the_end(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A reader who hangs up before the first part leaves it to the way back to the pool."""
    try:
        yield from parts
    finally:
        widen(connection)
