"""Step-up: before what is dangerous, somebody proves anew that it is still them.

A proof is a password or a factor, in either realm; signing in is one. What was typed is kept:
after the proof the request goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.foundation import clock

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Only with a proof that is at most settings.STEP_UP_FRESH old. Behind the realm's door."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_fresh(request):
            return ask_for_proof(request)
        return view(request, *args, **kwargs)

    return door


def near_money(view: View) -> View:
    """Only while somebody is there: unused for a quarter of an hour, a session asks first."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if store_of(request).is_rested:
            return ask_for_proof(request)
        return view(request, *args, **kwargs)

    return door


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof is young enough."""
    proven_at = store_of(request).proven_at
    return proven_at is not None and clock.now() - proven_at <= settings.STEP_UP_FRESH


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """The way to the realm's page that asks, and back to here."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods:
        query = urlencode({"next": request.get_full_path()})
        return _lead(request, f"{settings.LOGIN_URL}?{query}")
    led = suspend_request(request, methods[0]["url"])
    return _lead(request, led["Location"])


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """Parts of a page cannot follow a redirect; the page itself is told to."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
        answer["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(address)
