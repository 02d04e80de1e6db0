"""How an answer leaves: JSON written once, never cached by strangers."""

from __future__ import annotations

from django.http import HttpResponse
from pydantic_core import to_json

from tresen.entrypoints.api.store.words import Words


def answer(body: Words, *, status: int = 200, public_seconds: int = 0) -> HttpResponse:
    """The body as JSON. `public_seconds` lets caches keep what is the same for everyone."""
    response = HttpResponse(to_json(body), status=status, content_type="application/json")
    response["Cache-Control"] = (
        f"public, max-age={public_seconds}" if public_seconds else "private, no-store"
    )
    return response
