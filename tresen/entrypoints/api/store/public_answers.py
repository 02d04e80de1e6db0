"""Answers that are the same for everyone who asks with the same key and language.

They may be kept for a moment, and are not sent again to whoever has them already (RFC 9110, 304).
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from tresen.entrypoints.api.store.answers import answer
from tresen.entrypoints.api.store.context import KEY_HEADER
from tresen.entrypoints.api.store.words import Words

LIST_SECONDS = 5
TREE_SECONDS = 60


def public_answer(request: HttpRequest, body: Words, *, seconds: int) -> HttpResponse:
    """The body with its tag, or 304 where the asker's tag is the same."""
    response = answer(body, public_seconds=seconds)
    tag = f'"{hashlib.md5(response.content, usedforsecurity=False).hexdigest()}"'
    if tag in request.headers.get("If-None-Match", ""):
        kept = HttpResponse(status=304)
        del kept["Content-Type"]
        kept["Cache-Control"] = response["Cache-Control"]
        response = kept
    response["ETag"] = tag
    patch_vary_headers(response, [KEY_HEADER, "Accept-Language"])
    return response
