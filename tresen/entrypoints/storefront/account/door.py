"""Who the shopper behind a request is, and the door before what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from tresen.domains.accounts.queries import find_shopper, get_shopper, login_of
from tresen.domains.accounts.types import ShopperRow
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.meeting import meet_device
from tresen.entrypoints.shared.sessions.stamp import session_of, store_of
from tresen.entrypoints.shared.stepup import is_fresh
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.note_sign_in import note_sign_in
from tresen.workflows.trusting.sign_in import SignIn

View = Callable[..., HttpResponse]
WAY_LENGTH_MAX = 300
NEXT, CONFIRM = "next", "device"


def find_shopper_of(request: HttpRequest) -> ShopperRow | None:
    """Who is signed in; asks nothing of the database where no cookie was sent."""
    user_id = request.user.pk if request.user.is_authenticated else None
    return find_shopper(user_id) if isinstance(user_id, UUID) else None


def shopper_of(request: HttpRequest) -> ShopperRow:
    """Call it only behind the door."""
    found = find_shopper_of(request)
    assert found is not None
    return found


def actor_of(request: HttpRequest) -> Actor:
    """Call it only behind the door."""
    user_id = request.user.pk
    assert isinstance(user_id, UUID)
    return Actor("customer", user_id, session=session_of(request))


def shopper_only(view: View) -> View:
    """Others are led to sign in, and back."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if find_shopper_of(request) is None:
            return _lead(request, "storefront:account_sign_in")
        return view(request, *args, **kwargs)

    return door


def fresh_only(view: View) -> View:
    """Behind the door, and with a proof of the last minutes: credentials are changed here."""

    @shopper_only
    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_fresh(request):
            return ask_for_proof(request)
        return view(request, *args, **kwargs)

    return door


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """The shop's own page that asks who it is, and back to here."""
    return _lead(request, "storefront:account_proof")


def way_of(request: HttpRequest) -> str:
    """Where somebody wanted to go: a path of ours, or empty."""
    way = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    is_ours = way.startswith("/") and url_has_allowed_host_and_scheme(way, allowed_hosts=None)
    return way if is_ours and len(way) <= WAY_LENGTH_MAX else ""


def come_in(
    request: HttpRequest, done: SignIn, *, method: str, is_told: bool = True
) -> HttpResponse:
    """A new session, and on to where they wanted to go; or to what is still to be proven.

    A device that is new to the account is told of by mail, unless the account itself is new.
    """
    if done.second_step:
        url = reverse("storefront:account_second_step", args=[done.second_step])
        return HttpResponseRedirect(url)
    if done.mailed:
        url = reverse("storefront:account_mailed", args=[done.mailed])
        return HttpResponseRedirect(f"{url}?{CONFIRM}=1")
    login(request, login_of(done.user_id))
    note_proof(request, method)
    response = HttpResponseRedirect(done.way or home_of(get_shopper(done.user_id)))
    meet_device(request, response, user_id=done.user_id, is_told=is_told)
    note_sign_in(
        user_id=done.user_id,
        session=session_of(request),
        device=store_of(request).device_hash,
        now=clock.now(),
    )
    return response


def note_proof(request: HttpRequest, method: str) -> None:
    """This very request brought a proof; the session gets a new key for it."""
    record_authentication(request, request.user, method=method)


def home_of(shopper: ShopperRow) -> str:
    """The account page in the language that somebody chose."""
    if not shopper.language:
        return reverse("storefront:account")
    with override(shopper.language):
        return reverse("storefront:account")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A link that is of no use any more: why, and where to begin anew."""
    context = {"title": text_of(refusal)}
    return render(request, "storefront/account/refused.html", context, status=refusal.status)


def _lead(request: HttpRequest, page: str) -> HttpResponse:
    way = request.get_full_path() if request.method == "GET" else reverse("storefront:account")
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({NEXT: way})}")
