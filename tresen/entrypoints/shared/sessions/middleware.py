"""In place of Django's session middleware: each path has one realm, each realm its own cookie."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.devices import device_hash_of
from tresen.entrypoints.shared.sessions.labels import device_of
from tresen.entrypoints.shared.sessions.realms import limits_of, realm_of, session_cookie_of
from tresen.entrypoints.shared.sessions.store import SessionStore


class RealmSessions:
    """Nothing is read before a view asks, and nothing set before a view keeps something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        realm = realm_of(request.path_info)
        if realm is None:
            request.session = SessionStore(realm=Realm.SHOP)
            return self.get_response(request)
        cookie = session_cookie_of(realm)
        session = SessionStore(
            request.COOKIES.get(cookie),
            realm=realm,
            device=device_of(request.META.get("HTTP_USER_AGENT", "")),
            device_hash=device_hash_of(request, realm),
        )
        request.session = session
        response = self.get_response(request)
        _keep(response, session, cookie=cookie, was_given=cookie in request.COOKIES)
        return response


def _keep(
    response: HttpResponseBase, session: SessionStore, *, cookie: str, was_given: bool
) -> None:
    if session.accessed:
        patch_vary_headers(response, ("Cookie",))
    if session.is_empty():
        if was_given and session.accessed:
            _take_back(response, cookie)
        return
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return
    if session.modified:
        _save(response, session, cookie)
    elif session.touch():
        _hand_out(response, session, cookie)


def _save(response: HttpResponseBase, session: SessionStore, cookie: str) -> None:
    try:
        session.save()
    except UpdateError:
        _take_back(response, cookie)  # ended by somebody else while this request ran
    else:
        _hand_out(response, session, cookie)


def _hand_out(response: HttpResponseBase, session: SessionStore, cookie: str) -> None:
    limits = limits_of(session.realm)
    response.set_cookie(
        cookie,
        session.session_key or "",
        max_age=int(limits.idle.total_seconds()) if limits.is_remembered else None,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    patch_vary_headers(response, ("Cookie",))


def _take_back(response: HttpResponseBase, cookie: str) -> None:
    response.set_cookie(
        cookie, "", max_age=0, path="/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
