"""How one signs in: password, e-mail address, sessions; and taking a change back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.queries import (
    list_changes_of,
    list_factors_of,
    list_sessions_of,
    login_of,
)
from tresen.domains.accounts.types import Purpose, Realm
from tresen.entrypoints.shared.change_words import change_words
from tresen.entrypoints.shared.sessions.labels import device_words
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.entrypoints.storefront.account import rows
from tresen.entrypoints.storefront.account.door import (
    actor_of,
    fresh_only,
    refused,
    shopper_of,
    shopper_only,
)
from tresen.entrypoints.storefront.account.forms import NewAddressForm, PasswordForm
from tresen.entrypoints.storefront.account.passkey_site import site_of
from tresen.entrypoints.storefront.context import locale_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.change_credentials import (
    ask_for_new_address,
    change_address,
    change_password,
    remove_password,
)
from tresen.workflows.trusting.end_sessions import end_other_sessions, end_own_session
from tresen.workflows.trusting.sign_in import check_link
from tresen.workflows.trusting.undo_change import look_at_change, undo_change

CHANGES_SHOWN = timedelta(days=30)
SESSION = "ses"


@shopper_only
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Everything on one page; each thing is changed on its own."""
    shopper, now = shopper_of(request), clock.now()
    factors = list_factors_of(shopper.id)
    seen_after = now - settings.SESSION_LIMITS[Realm.SHOP].idle
    sessions = list_sessions_of(shopper.id, now=now, seen_after=seen_after)
    changes = list_changes_of(shopper.id, after=now - CHANGES_SHOWN)
    context = {
        "shopper": shopper,
        "passkeys": rows.passkeys(factors),
        "app": rows.app_of(factors),
        "can_have_passkeys": site_of(request) is not None,
        "sessions": [(row, device_words(row.device), outer(SESSION, row.id)) for row in sessions],
        "this_session": session_of(request),
        "changes": [(change, change_words(change.kind)) for change in changes],
        "nav": rows.nav("security"),
    }
    return render(request, "storefront/account/security.html", context)


@shopper_only
@require_POST
def session_end(request: HttpRequest, session: str) -> HttpResponse:
    """Sign out somewhere else; «all» everywhere but here."""
    actor, now = actor_of(request), clock.now()
    if session == "all":
        here = UUID(actor.session)
        end_other_sessions(user_id=_id_of(actor), but=here, actor=actor, now=now)
        messages.success(request, gettext("Every other device is signed out."))
    else:
        _end_own(session, actor=actor, now=now)
        messages.success(request, gettext("That device is signed out."))
    return HttpResponseRedirect(reverse("storefront:account_security"))


@fresh_only
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new one; other devices are signed out."""
    shopper = shopper_of(request)
    form, status = PasswordForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            change_password(
                user_id=shopper.id,
                password=form.cleaned_data["password"],
                actor=actor_of(request),
                now=clock.now(),
            )
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            return _stay(request, gettext("Your new password holds. Other devices are signed out."))
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form], "shopper": shopper, "back": rows.way_back()}
    return render(request, "storefront/account/password.html", context, status=status)


@fresh_only
@require_POST
def password_removal(request: HttpRequest) -> HttpResponse:
    """Nothing to remember, nothing to steal."""
    remove_password(user_id=shopper_of(request).id, actor=actor_of(request), now=clock.now())
    words = gettext("Your password is taken away. You sign in with a passkey or by e-mail.")
    return _stay(request, words)


@fresh_only
@require_http_methods(["GET", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Another address: a link goes there first."""
    shopper = shopper_of(request)
    form, status = NewAddressForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_new_address(
                user_id=shopper.id,
                address=form.cleaned_data["email"],
                locale=locale_of(request),
                now=clock.now(),
            )
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            words = gettext("A link is on its way to your new address. Please open it there.")
            messages.info(request, words)
            return HttpResponseRedirect(reverse("storefront:account_security"))
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form], "shopper": shopper, "back": rows.way_back()}
    return render(request, "storefront/account/email.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Opened in the new mailbox; a button changes it."""
    try:
        if request.method == "GET":
            proof = check_link(token=token, purpose=Purpose.CHANGE_ADDRESS, now=clock.now())
            context = {"address": proof.address}
            return render(request, "storefront/account/new_address.html", context)
        here = session_of(request) if request.user.is_authenticated else ""
        change_address(token=token, session=here, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, gettext("Your account has its new address."))
    return HttpResponseRedirect(reverse("storefront:account"))


@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """«That was not me»: works without signing in."""
    try:
        if request.method == "POST":
            undo_change(token=token, locale=locale_of(request), now=clock.now())
            words = gettext("All is as it was. Every device is signed out; please sign in anew.")
            messages.success(request, words)
            return HttpResponseRedirect(reverse("storefront:account_sign_in"))
        change, later = look_at_change(token=token, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    context = {
        "change": change,
        "words": change_words(change.kind),
        "later": [(other, change_words(other.kind)) for other in later],
    }
    return render(request, "storefront/account/undo.html", context)


def _end_own(session: str, *, actor: Actor, now: datetime) -> None:
    try:
        session_id = inner(SESSION, session)
    except BadId as error:
        raise Http404 from error
    user_id = _id_of(actor)
    if not end_own_session(session_id=session_id, user_id=user_id, actor=actor, now=now):
        raise Http404


def _id_of(actor: Actor) -> UUID:
    assert actor.id is not None
    return actor.id


def _stay(request: HttpRequest, words: str) -> HttpResponse:
    """The session of this device goes on although the password is another one."""
    update_session_auth_hash(request, login_of(shopper_of(request).id))
    messages.success(request, words)
    return HttpResponseRedirect(reverse("storefront:account_security"))
