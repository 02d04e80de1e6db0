"""Passkeys and the second step of somebody who is signed in."""

from __future__ import annotations

import base64
import io
import json

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from tresen.domains.accounts.commands import NoSuchFactor, rename_passkey
from tresen.domains.accounts.queries import has_second_step, list_factors_of, unused_codes_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.account import rows
from tresen.entrypoints.storefront.account.door import actor_of, fresh_only, shopper_of
from tresen.entrypoints.storefront.account.forms import CodeForm, PasskeyNameForm
from tresen.entrypoints.storefront.account.passkey_site import site_of
from tresen.entrypoints.storefront.context import channel_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.passkeys import enrol_passkey, forget_passkey, offer_passkey
from tresen.workflows.trusting.second_step import (
    app_address,
    begin_second_step,
    end_second_step,
    offer_secret,
    renew_recovery_codes,
    secret_of,
)


@fresh_only
@require_http_methods(["GET", "POST"])
def new_passkey(request: HttpRequest) -> HttpResponse:
    """The ceremony needs a script of ours; the page says so where there are none."""
    shopper, site, now = shopper_of(request), site_of(request), clock.now()
    if site is None:
        raise Http404
    form = PasskeyNameForm(request.POST or None, initial={"name": gettext("My device")})
    if request.method == "POST" and form.is_valid():
        try:
            enrol_passkey(
                user_id=shopper.id,
                token=request.POST.get("token", ""),
                answer=request.POST.get("answer", ""),
                name=form.cleaned_data["name"],
                site=site,
                actor=actor_of(request),
                now=now,
            )
        except Refusal as refusal:
            form.take(refusal)
        else:
            words = gettext("Your passkey is ready. You can sign in with it from now on.")
            messages.success(request, words)
            return HttpResponseRedirect(reverse("storefront:account_security"))
    ceremony = offer_passkey(user_id=shopper.id, site=site, now=now)
    context = {
        "form": form,
        "forms": [form],
        "passkey_options": json.dumps(ceremony.options),
        "passkey_token": ceremony.token,
        "back": rows.way_back(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/new_passkey.html", context, status=status)


@fresh_only
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, factor: int) -> HttpResponse:
    """Its name; and taking it away."""
    shopper = shopper_of(request)
    found = next(
        (row for row in rows.passkeys(list_factors_of(shopper.id)) if row.id == factor), None
    )
    if found is None:
        raise Http404
    form = PasskeyNameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        rename_passkey(user_id=shopper.id, factor_id=factor, name=form.cleaned_data["name"])
        messages.success(request, gettext("The passkey has its new name."))
        return HttpResponseRedirect(reverse("storefront:account_security"))
    context = {"form": form, "forms": [form], "passkey": found, "back": rows.way_back()}
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/passkey.html", context, status=status)


@fresh_only
@require_POST
def passkey_removal(request: HttpRequest, factor: int) -> HttpResponse:
    """A device that was sold or lost no longer leads in."""
    try:
        forget_passkey(
            user_id=shopper_of(request).id,
            factor_id=factor,
            actor=actor_of(request),
            now=clock.now(),
        )
    except NoSuchFactor as error:
        raise Http404 from error
    words = gettext("The passkey is removed. Remove it from your device as well.")
    messages.success(request, words)
    return HttpResponseRedirect(reverse("storefront:account_security"))


@fresh_only
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, keep the recovery codes."""
    shopper, now = shopper_of(request), clock.now()
    if has_second_step(shopper.id):
        return HttpResponseRedirect(reverse("storefront:account_codes"))
    form = CodeForm(request.POST or None)
    offer = request.POST.get("offer") or offer_secret(user_id=shopper.id, now=now)
    try:
        if request.method == "POST" and form.is_valid():
            begin_second_step(
                user_id=shopper.id,
                offer=offer,
                code=form.cleaned_data["code"],
                actor=actor_of(request),
                now=now,
            )
            return HttpResponseRedirect(reverse("storefront:account_codes"))
        secret = secret_of(offer, user_id=shopper.id, now=now)
    except Refusal as refusal:
        if refusal.field != "code":
            messages.warning(request, text_of(refusal))
            return HttpResponseRedirect(reverse("storefront:account_two_steps"))
        form.take(refusal)
        secret = secret_of(offer, user_id=shopper.id, now=now)
    issuer = channel_of(request).store.name
    context = {
        "form": form,
        "forms": [form],
        "offer": offer,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr_url": _drawn(app_address(secret, label=shopper.address, issuer=issuer)),
        "back": rows.way_back(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/two_steps.html", context, status=status)


@fresh_only
@require_POST
def second_step_end(request: HttpRequest) -> HttpResponse:
    """One step is enough again."""
    end_second_step(user_id=shopper_of(request).id, actor=actor_of(request), now=clock.now())
    messages.success(request, gettext("The second step is turned off."))
    return HttpResponseRedirect(reverse("storefront:account_security"))


@fresh_only
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """To be printed or written down; new ones void the old."""
    shopper = shopper_of(request)
    if not has_second_step(shopper.id):
        raise Http404
    if request.method == "POST":
        renew_recovery_codes(user_id=shopper.id, actor=actor_of(request), now=clock.now())
        messages.success(request, gettext("These are your new codes; the old ones are void."))
        return HttpResponseRedirect(reverse("storefront:account_codes"))
    found = unused_codes_of(shopper.id)
    context = {
        "codes": [f"{code[:4]} {code[4:]}" for code in found],
        "back": rows.way_back(),
    }
    return render(request, "storefront/account/codes.html", context)


def _drawn(address: str) -> str:
    """A picture within the page: no other place learns the secret."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", scale=4, border=2, xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.getvalue()).decode()}"
