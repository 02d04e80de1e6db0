"""Signing in and out: password, passkey, mailed link or code, and the second step."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tresen.domains.accounts.queries import has_second_step
from tresen.domains.accounts.types import Purpose, Realm
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.devices import device_hash_of
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.entrypoints.shared.throttle import SHOPPERS, throttled
from tresen.entrypoints.storefront.account.door import (
    come_in,
    find_shopper_of,
    home_of,
    note_proof,
    refused,
    shopper_of,
    shopper_only,
    way_of,
)
from tresen.entrypoints.storefront.account.forms import (
    AccountForm,
    CodeForm,
    ProofForm,
    SignInForm,
)
from tresen.entrypoints.storefront.account.passkey_site import site_of
from tresen.entrypoints.storefront.context import locale_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.note_sign_in import note_sign_out, noting_refusals
from tresen.workflows.trusting.passkeys import (
    PasskeyRefused,
    ask_for_passkey,
    sign_in_by_passkey,
)
from tresen.workflows.trusting.sign_in import (
    check_link,
    prove_again,
    prove_second_step,
    sign_in_by_link,
    sign_in_by_password,
)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
@throttled("shop sign-in", crowd=SHOPPERS)
def sign_in(request: HttpRequest) -> HttpResponse:
    """All ways in, on one page."""
    known = find_shopper_of(request)
    if known is not None:
        return HttpResponseRedirect(way_of(request) or home_of(known))
    if request.method == "GET":
        return _page(request, SignInForm(), status=200)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        done = sign_in_by_password(
            address=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
            way=way_of(request),
            device=_device(request),
            locale=locale_of(request),
            now=clock.now(),
        )
    except Refusal as refusal:
        form.take(refusal)
        return _page(request, form, status=refusal.status)
    return come_in(request, done, method="password")


@require_POST
@never_cache
@throttled("shop passkey", crowd=SHOPPERS)
def by_passkey(request: HttpRequest) -> HttpResponse:
    """The device's answer; a passkey needs no second step."""
    site = site_of(request)
    try:
        if site is None:
            raise PasskeyRefused
        with noting_refusals(device=_device(request), now=clock.now()):
            done = sign_in_by_passkey(
                token=request.POST.get("token", ""),
                answer=request.POST.get("answer", ""),
                way=way_of(request),
                site=site,
                now=clock.now(),
            )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(reverse("storefront:account_sign_in"))
    return come_in(request, done, method="passkey")


@require_http_methods(["GET", "POST"])
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a mail. A program that looks at links ahead uses nothing up: a button does."""
    try:
        if request.method == "POST":
            done = sign_in_by_link(token=token, device=_device(request), now=clock.now())
            return come_in(request, done, method="mail")
        check_link(token=token, purpose=Purpose.SIGN_IN, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    return render(request, "storefront/account/link.html")


@require_http_methods(["GET", "POST"])
@never_cache
def second_step(request: HttpRequest, token: str) -> HttpResponse:
    """The app's code or a recovery code."""
    form = CodeForm(request.POST or None)
    status = 200
    try:
        check_link(token=token, purpose=Purpose.SECOND_STEP, now=clock.now())
    except Refusal as refusal:
        return refused(request, refusal)
    if request.method == "POST" and form.is_valid():
        try:
            done = prove_second_step(
                token=token,
                code=form.cleaned_data["code"],
                device=_device(request),
                now=clock.now(),
            )
            return come_in(request, done, method="code")
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    elif form.is_bound:
        status = 422
    return _form(request, "second_step.html", form, status=status)


@shopper_only
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def proof(request: HttpRequest) -> HttpResponse:
    """Somebody who is signed in proves that it is still them, before credentials change."""
    shopper = shopper_of(request)
    form, status = ProofForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            method = prove_again(
                shopper=shopper,
                password=form.cleaned_data["password"],
                code=form.cleaned_data["code"],
                now=clock.now(),
            )
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            note_proof(request, method)
            return HttpResponseRedirect(way_of(request) or reverse("storefront:account"))
    needs_code = has_second_step(shopper.id)
    context = _passkey_words(request) | {"shopper": shopper, "needs_code": needs_code}
    return _form(request, "proof.html", form, status=status, **context)


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """This device only."""
    shopper = find_shopper_of(request)
    if shopper is not None:
        note_sign_out(user_id=shopper.id, session=session_of(request), now=clock.now())
    logout(request)
    messages.info(request, gettext("You are signed out."))
    return HttpResponseRedirect(reverse("storefront:home"))


def _device(request: HttpRequest) -> bytes | None:
    return device_hash_of(request, Realm.SHOP)


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    return _form(request, "sign_in.html", form, status=status, **_passkey_words(request))


def _passkey_words(request: HttpRequest) -> dict[str, object]:
    site = site_of(request)
    if site is None:
        return {}
    ceremony = ask_for_passkey(site=site, now=clock.now())
    return {"passkey_options": json.dumps(ceremony.options), "passkey_token": ceremony.token}


def _form(
    request: HttpRequest, template: str, form: AccountForm, *, status: int, **more: object
) -> HttpResponse:
    context = {"form": form, "forms": [form], "way": way_of(request), **more}
    return render(request, f"storefront/account/{template}", context, status=status)
