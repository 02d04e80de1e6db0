"""Which realm a path lies in, and what its cookies are called."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from tresen.domains.accounts.types import Realm, SessionLimits

STAFF_PATH = "/staff/"
REALMLESS = ("/api/", "/webhooks/", "/health/", "/static/", "/media/", "/metrics")
"""Programs knock here; no cookie of a person is looked at."""


def realm_of(path: str) -> Realm | None:
    """The realm that answers a path; None where nobody signs in."""
    if path.startswith(REALMLESS):
        return None
    return Realm.STAFF if path.startswith(STAFF_PATH) else Realm.SHOP


def realm_of_request(request: HttpRequest) -> Realm:
    """The same, where somebody may sign in."""
    return realm_of(request.path_info) or Realm.SHOP


def session_cookie_of(realm: Realm) -> str:
    """`__Host-` cookies are sent to this host alone, by TLS alone, and set by it alone."""
    return _named(realm.value)


def device_cookie_of(realm: Realm) -> str:
    """Names the device to whom it belongs; it opens nothing."""
    return _named(f"{realm}-device")


def limits_of(realm: Realm) -> SessionLimits:
    """How long sessions of a realm last (settings.SESSION_LIMITS)."""
    limits = settings.SESSION_LIMITS[realm]
    assert isinstance(limits, SessionLimits)
    return limits


def _named(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
