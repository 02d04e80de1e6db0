"""The one door of the back office: signed in, active, with a second factor, and with the right.

Which permission a route wants stands in the policy table. Default deny.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import URLPattern, URLResolver, resolve, reverse
from django.views.decorators.cache import never_cache

from tresen.entrypoints.backoffice.rights.forbidden import forbidden
from tresen.entrypoints.backoffice.signin.narrowing import narrowed
from tresen.entrypoints.backoffice.signin.noted import note_at_door
from tresen.entrypoints.policy.standing import settle_scope, standing_of
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.foundation.actor import Actor

View = Callable[..., HttpResponse]


def guarded(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Put the door before every view of these addresses, included ones too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            guarded(pattern.url_patterns)
        else:
            pattern.callback = staff_only(cast("View", pattern.callback))
    return list(patterns)


def staff_only(view: View) -> View:
    """Anonymous people are led to sign in, staff without a second factor to set one up."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
        if not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return _refused(request) or narrowed(request, partial(view, request, *args, **kwargs))

    door.is_behind_the_door = True  # type: ignore[attr-defined]  # the check at the start looks
    return door


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The route is that of the path: after a step-up another one's request goes on here."""
    route = resolve(request.path_info).view_name
    rule = find_rule(route)
    permission = rule.needs(request.method or "") if rule else None
    if rule is None or permission is None:
        raise Http404("undeclared")
    if not standing_of(request).opens(rule, request.method or ""):
        note_at_door("door.refuse", request, user_id=request.user.pk, route=route)
        return forbidden(request, permission)
    settle_scope(request, rule)
    return None if rule.takes(request.method) else HttpResponseNotAllowed(sorted(rule.methods))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts. Call it only behind the door."""
    user_id = request.user.pk
    assert isinstance(user_id, UUID)
    return Actor("staff", user_id, session=session_of(request))
