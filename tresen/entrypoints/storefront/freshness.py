"""How long a page may be kept, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

View = Callable[..., HttpResponse]


def per_visitor(view: View) -> View:
    """Only the visitor's own browser keeps it, and asks again each time.

    Every page shows the cart's count (a cookie decides), and some answer HTMX with a part of
    themselves: a stranger's cache must mix up neither.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response

    return kept
