"""People of both realms, signed in, and a page that says who it sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, path

from tresen.domains.accounts.commands import hire
from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Realm, Role
from tresen.entrypoints.policy import middleware
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.policy.types import Rule, public
from tresen.entrypoints.shared.sessions.realms import session_cookie_of
from tresen.entrypoints.shared.sessions.store import SessionStore
from tresen.foundation import clock

LOSUNG = "eine lange Losung"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = {Realm.SHOP: "/de/who/", Realm.STAFF: "/staff/who/"}


def staff(name: str = "frieda") -> User:
    user_id = hire(
        username=name,
        display_name=name.title(),
        email=f"{name}@schapp.example",
        role=Role.CLERK,
        password=LOSUNG,
        now=clock.now(),
    )
    return User.objects.get(id=user_id)


def shopper() -> User:
    return User.objects.create(
        realm=Realm.SHOP,
        username=f"shop:{uuid4()}",
        login_index=uuid4().bytes * 2,
        person_id=uuid4(),
        role="",
        is_staff=False,
        date_joined=clock.now(),
    )


def person_of(realm: Realm) -> User:
    return shopper() if realm is Realm.SHOP else staff()


def signed_in(user: User, **headers: str) -> Client:
    """A browser with a session of the user's own realm."""
    browser = Client(headers={"accept-language": "de", **headers})
    browser.cookies[session_cookie_of(Realm(user.realm))] = key_for(user)
    return browser


def key_for(user: User) -> str:
    """The value of a fresh session's cookie."""
    request = HttpRequest()
    session = SessionStore(realm=Realm(user.realm), device="firefox/linux")
    request.session = session
    login(request, user, backend=BACKEND)
    session.save()
    assert session.session_key
    return session.session_key


def who(request: HttpRequest) -> HttpResponse:
    """A page that says whom it sees."""
    return HttpResponse(str(request.user.pk or "nobody"))


def keep(request: HttpRequest) -> HttpResponse:
    """A page that keeps something in the session."""
    request.session["kept"] = request.GET.get("word", "")
    return HttpResponse("kept")


@contextmanager
def with_pages(*more: URLPattern) -> Iterator[None]:
    """The shop's addresses, and these pages in each realm, open to anybody."""
    planted = [
        path("staff/who/", who, name="probe"),
        path("staff/keep/", keep, name="probe"),
        path("de/who/", who, name="probe"),
        path("de/keep/", keep, name="probe"),
        *more,
    ]

    def rule(name: str) -> Rule | None:
        return public("GET POST") if name == "probe" else find_rule(name)

    urls = (*planted, *get_resolver().url_patterns)
    with override_settings(ROOT_URLCONF=urls), patch.object(middleware, "find_rule", rule):
        yield


def seen_by(browser: Client, realm: Realm) -> str:
    return browser.get(WHO[realm]).content.decode()
