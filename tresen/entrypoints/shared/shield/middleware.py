"""Outermost of both chains: whom we speak with is settled, and every answer is shielded.

A nonce is made for every request (`request.csp_nonce`); an answer that is a page gets the policy
that names it. Pages of people who are known are not stored by browsers.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from tresen.entrypoints.shared.shield.forwarded import Proxies
from tresen.entrypoints.shared.shield.headers import (
    INERT_POLICY,
    NONCE_PLACE,
    fixed_headers,
    page_policy,
)

NONCE_BYTES: Final = 18
POLICY: Final = "Content-Security-Policy"
NEVER_STORED: Final = "max-age=0, no-cache, no-store, must-revalidate, private"
_OF_PEOPLE: Final = re.compile(r"/(?:staff|[a-z]{2}/(?:account|checkout|orders))(?:/|\Z)")
"""Whatever is answered there is about somebody."""


class ShieldMiddleware:
    """Adds some ten microseconds to an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.proxies = Proxies(settings.TRUSTED_PROXIES)
        fixed = fixed_headers(hsts_seconds=settings.SECURE_HSTS_SECONDS)
        self.fixed = tuple(fixed.items())
        policy = page_policy(form_targets=settings.FORM_TARGETS, https=settings.HTTPS)
        self.before, _, self.after = policy.partition(NONCE_PLACE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.proxies.settle(request.META)
        nonce = b64encode(os.urandom(NONCE_BYTES)).decode("ascii")
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.fixed:
            if name not in headers:
                headers[name] = value
        if POLICY not in headers:
            is_page = headers.get("Content-Type", "").startswith("text/html")
            headers[POLICY] = f"{self.before}{nonce}{self.after}" if is_page else INERT_POLICY
        if _is_of_somebody(request) and "no-store" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = NEVER_STORED
        return response


def _is_of_somebody(request: HttpRequest) -> bool:
    """By the address, or because the view asked who it is and somebody was."""
    if _OF_PEOPLE.match(request.path_info):
        return True
    known = getattr(request, "_cached_user", None)
    return known is not None and known.is_authenticated
