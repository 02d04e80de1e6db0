"""Signing in by a company's own sign-in (OpenID Connect), and linking it to an account.

Who the provider vouches for is looked up by issuer and subject alone. A link is made by the
person themselves, signed in and freshly proven, or by the owner beforehand; never because an
address is the same.
"""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tresen.domains.accounts.ports import (
    IDENTITY,
    STAFF_PROVIDER,
    IdentityProvider,
    NotAsserted,
)
from tresen.domains.accounts.queries import find_identified
from tresen.domains.accounts.types import Asserted, Departure
from tresen.entrypoints.backoffice.signin.asserted import OPENID
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.stamp import store_of
from tresen.entrypoints.shared.stepup import step_up
from tresen.foundation import clock
from tresen.foundation.ports import NotOnShelf
from tresen.workflows.trusting.link_identity import link_account, unlink_account

WAITING = "openid_departure"


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in."""
    return _depart(request, way=request.POST.get("next", ""), links=False)


@login_required
@require_POST
@never_cache
@step_up
def link(request: HttpRequest) -> HttpResponse:
    """To the provider, to link what it says with the account that is signed in."""
    return _depart(request, way=reverse("backoffice:profile"), links=True)


@login_required
@require_POST
@never_cache
@step_up
def unlink(request: HttpRequest) -> HttpResponse:
    """From now on the provider's word opens nothing here."""
    actor = actor_of(request)
    if actor.id and unlink_account(user_id=actor.id, actor=actor, now=clock.now()):
        messages.success(request, gettext("The link is gone."))
    return HttpResponseRedirect(reverse("backoffice:profile"))


@require_GET
@never_cache
def arrive(request: HttpRequest) -> HttpResponse:
    """Back from the provider. What waited in the session is used once, whatever comes of it."""
    waiting = request.session.pop(WAITING, None)
    if not isinstance(waiting, dict) or request.GET.get("state") != waiting["state"]:
        return _refused(request, NotAsserted("nobody left from here"))
    left = Departure(
        url="", state=waiting["state"], nonce=waiting["nonce"], verifier=waiting["verifier"]
    )
    try:
        asserted = provider_of().arrive(
            left,
            code=request.GET.get("code", ""),
            issuer=request.GET.get("iss", ""),
            return_url=return_url(),
            now=clock.now(),
        )
    except NotAsserted as refusal:
        return _refused(request, refusal)
    if waiting["links"]:
        return _linked(request, asserted, owner=waiting["links"])
    return _come_in(request, asserted, way=waiting["way"])


def provider_of() -> IdentityProvider:
    """Raises Http404 where none is configured."""
    try:
        return IDENTITY.take(STAFF_PROVIDER)
    except NotOnShelf as error:
        raise Http404("no provider") from error


def return_url() -> str:
    """Exactly one address, as it is registered at the provider."""
    return settings.PUBLIC_URL + reverse("staff_openid_return")


def _depart(request: HttpRequest, *, way: str, links: bool) -> HttpResponse:
    provider = provider_of()
    try:
        departure = provider.depart(return_url=return_url())
    except NotAsserted as refusal:
        return _refused(request, refusal)
    request.session[WAITING] = {
        "state": departure.state,
        "nonce": departure.nonce,
        "verifier": departure.verifier,
        "way": way if url_has_allowed_host_and_scheme(way, None) else "",
        "links": str(request.user.pk) if links else "",
    }
    words = {"url": departure.url, "name": provider.name}
    return render(request, "signin_leave.html", words)


def _come_in(request: HttpRequest, asserted: Asserted, *, way: str) -> HttpResponse:
    user = find_identified(issuer=asserted.issuer, subject=asserted.subject)
    if user is None:
        words = {"name": provider_of().name}
        return render(request, "signin_unlinked.html", words, status=HTTPStatus.FORBIDDEN)
    factor = "by provider" if asserted.has_second_factor else None
    record_authentication(request, user, method=OPENID, second_factor=factor)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=way or None))
    return response


def _linked(request: HttpRequest, asserted: Asserted, *, owner: str) -> HttpResponse:
    """Only for whoever left: who signed in meanwhile is somebody else."""
    if not request.user.is_authenticated or str(request.user.pk) != owner:
        return _refused(request, NotAsserted("somebody else is signed in"))
    is_linked = link_account(
        user_id=request.user.pk,
        issuer=asserted.issuer,
        subject=asserted.subject,
        actor=actor_of(request),
        now=clock.now(),
    )
    if is_linked:
        messages.success(request, gettext("Linked. From now on you can sign in that way, too."))
    else:
        messages.error(request, gettext("This sign-in is already linked to another account."))
    return HttpResponseRedirect(reverse("backoffice:profile"))


def _refused(request: HttpRequest, refusal: NotAsserted) -> HttpResponse:
    messages.error(request, text_of(refusal))
    is_known = store_of(request).get("_auth_user_id") is not None
    return HttpResponseRedirect(reverse("backoffice:profile" if is_known else "account_login"))
