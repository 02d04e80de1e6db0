"""What every answer of the API needs around it; pages need more and have their own middleware.

No session, no cookies, no forms: a key in a header says who asks, so that nothing can be forged
through somebody's browser.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers


class ApiMiddleware:
    """The host is one of ours, the language is the one that was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # refuses foreign ones
        language = translation.get_language_from_request(request)
        translation.activate(language)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"  # RFC 9110 9.3.2: the same, without its body
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ("Accept-Language",))
        if not response.streaming:
            headers.setdefault("Content-Length", str(len(response.content)))  # type: ignore[attr-defined]
        if is_head:
            request.method = "HEAD"
        return response
