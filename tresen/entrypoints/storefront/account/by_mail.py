"""Links that are asked for by e-mail: to sign in, to open an account, to choose a new password.

Every address gets the same page; what the mail says depends on whether there is an account.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tresen.domains.accounts.types import Purpose, Realm
from tresen.domains.orders.queries import get_order
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.devices import device_hash_of
from tresen.entrypoints.shared.throttle import SHOPPERS, throttled
from tresen.entrypoints.storefront.account.door import (
    CONFIRM,
    come_in,
    refused,
    shopper_of,
    shopper_only,
    way_of,
)
from tresen.entrypoints.storefront.account.forms import CodeForm, JoinForm, MailForm, PasswordForm
from tresen.entrypoints.storefront.context import locale_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import read_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.trusting.account_links import waiting_proof_of
from tresen.workflows.trusting.ask_by_mail import ask_for_mail
from tresen.workflows.trusting.change_credentials import reset_password
from tresen.workflows.trusting.open_account import open_account_by_link
from tresen.workflows.trusting.sign_in import check_link, sign_in_by_code


@require_http_methods(["GET", "POST"])
@never_cache
@throttled("shop link", crowd=SHOPPERS)
def link(request: HttpRequest) -> HttpResponse:
    """Without a password."""
    return _ask(request, Purpose.SIGN_IN, "ask_link.html")


@require_http_methods(["GET", "POST"])
@never_cache
@throttled("shop sign-up", crowd=SHOPPERS)
def sign_up(request: HttpRequest) -> HttpResponse:
    """Nothing but the address; the rest once it is proven."""
    return _ask(request, Purpose.SIGN_UP, "sign_up.html")


@require_http_methods(["GET", "POST"])
@never_cache
@throttled("shop reset", crowd=SHOPPERS)
def forgotten(request: HttpRequest) -> HttpResponse:
    """A link to choose a new password."""
    return _ask(request, Purpose.RESET, "forgotten.html")


@require_POST
@never_cache
def for_order(request: HttpRequest, token: str) -> HttpResponse:
    """Keep this order in an account: a link to the address that it was ordered with."""
    back = reverse("storefront:order", args=[token])
    try:
        row = get_order(read_link(token, purpose=ORDER_LINK, now=clock.now()))
        return _asked(request, Purpose.SIGN_UP, row.person.email)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(back)


@shopper_only
@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Somebody who is signed in, with neither password nor passkey at hand."""
    try:
        return _asked(request, Purpose.SIGN_IN, shopper_of(request).address)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(reverse("storefront:account_security"))


@require_http_methods(["GET", "POST"])
@never_cache
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """«Look into your mailbox», with a field for the code of the mail."""
    form, status = CodeForm(request.POST or None), 200
    try:
        waiting_proof_of(token, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    if request.method == "POST" and form.is_valid():
        try:
            done = sign_in_by_code(
                token=token,
                code=form.cleaned_data["code"],
                device=device_hash_of(request, Realm.SHOP),
                now=clock.now(),
            )
            return come_in(request, done, method="mail")
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form], "is_device": CONFIRM in request.GET}
    return render(request, "storefront/account/mailed.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The address is proven: name and password, both as one likes."""
    form, status = JoinForm(request.POST or None), 200
    try:
        proof = check_link(token=token, purpose=Purpose.SIGN_UP, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    if request.method == "POST" and form.is_valid():
        try:
            done = open_account_by_link(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=locale_of(request),
                now=clock.now(),
            )
            messages.success(request, gettext("Your account is open. Welcome."))
            return come_in(request, done, method="mail", is_told=False)
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form], "address": proof.address}
    return render(request, "storefront/account/join.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a mail. Signing in with it, and the second step, follow as always."""
    form, status = PasswordForm(request.POST or None), 200
    try:
        check_link(token=token, purpose=Purpose.RESET, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    if request.method == "POST" and form.is_valid():
        try:
            reset_password(token=token, password=form.cleaned_data["password"], now=clock.now())
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            words = gettext("Your new password holds. Please sign in with it.")
            messages.success(request, words)
            return HttpResponseRedirect(reverse("storefront:account_sign_in"))
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form]}
    return render(request, "storefront/account/new_password.html", context, status=status)


def _ask(request: HttpRequest, purpose: Purpose, template: str) -> HttpResponse:
    form, status = MailForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, purpose, form.cleaned_data["email"])
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    context = {"form": form, "forms": [form], "way": way_of(request)}
    return render(request, f"storefront/account/{template}", context, status=status)


def _asked(request: HttpRequest, purpose: Purpose, address: str) -> HttpResponse:
    asked = ask_for_mail(
        purpose=purpose,
        address=address,
        locale=locale_of(request),
        way=way_of(request),
        now=clock.now(),
    )
    return HttpResponseRedirect(reverse("storefront:account_mailed", args=[asked.token]))
