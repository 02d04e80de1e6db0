"""«My data»: the page of one person, opened by their account or by the link in their mailbox.

An address that is typed in is answered the same whoever it belongs to; the answer goes there.
"""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.privacy.commands import count_download
from tresen.domains.privacy.queries.requests import read_export
from tresen.domains.privacy.types.consents import Purpose
from tresen.domains.privacy.types.requests import BY_ITSELF, ExportRow, RequestKind
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.context import locale_of
from tresen.entrypoints.storefront.privacy import rows, words
from tresen.entrypoints.storefront.privacy.copies import page_of
from tresen.entrypoints.storefront.privacy.forms import AddressForm, SwitchForm, WishForm
from tresen.entrypoints.storefront.privacy.who import ME, Who, proof_first, signed_in, who_asks
from tresen.foundation import clock
from tresen.foundation.actor import GUEST
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import read_link
from tresen.workflows.trusting.addresses import COPY_LINK, OPT_IN_LINK
from tresen.workflows.trusting.advertising import confirm_newsletter, set_consent
from tresen.workflows.trusting.ask import ask, send_link
from tresen.workflows.trusting.engine.erasing import kept_rows
from tresen.workflows.trusting.erase import obstacles_of
from tresen.workflows.trusting.persons import whose
from tresen.workflows.trusting.place import responsible_place

SENT = "sent"
PLACE = "my_data"
NEEDS_PROOF = BY_ITSELF
"""What the house carries out at once, and cannot take back."""


@require_http_methods(["GET", "POST"])
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Who is signed in sees their page; everybody else gets the link by e-mail."""
    if signed_in(request) is not None:
        return HttpResponseRedirect(reverse("storefront:my_data_page", args=[ME]))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        send_link(email=form.cleaned_data["email"], locale=locale_of(request), now=clock.now())
        return HttpResponseRedirect(f"{reverse('storefront:my_data')}?{SENT}=1")
    status = 422 if form.is_bound else 200
    context = {"form": form, "sent": SENT in request.GET}
    return render(request, "storefront/privacy/ask.html", context, status=status)


@require_GET
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What is stored, why, where, until when, who received it; the switches and the rights."""
    try:
        who = who_asks(request, token, now=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    return _page(request, who, WishForm())


@require_POST
@never_cache
def wish(request: HttpRequest, token: str) -> HttpResponse:
    """One of the rights, asked for."""
    try:
        who = who_asks(request, token, now=clock.now())
        form = WishForm(request.POST)
        if not form.is_valid():
            return _page(request, who, form, status=422)
        kind = RequestKind(form.cleaned_data["kind"])
        if kind in NEEDS_PROOF and (proof := proof_first(request, who)):
            return proof
        asked = ask(
            person_id=who.person_id,
            kind=kind,
            way=who.way,
            locale=locale_of(request),
            wish=form.cleaned_data["wish"],
            now=clock.now(),
            actor=who.actor,
        )
    except Refusal as refusal:
        return _refused(request, refusal)
    messages.success(request, _noted(kind, asked.number))
    return _back(token)


@require_POST
@never_cache
def switch(request: HttpRequest, token: str) -> HttpResponse:
    """A purpose on or off, at once and with one step either way."""
    try:
        who = who_asks(request, token, now=clock.now())
        form = SwitchForm(request.POST)
        if form.is_valid():
            set_consent(
                person_id=who.person_id,
                purpose=Purpose(form.cleaned_data["purpose"]),
                granted=form.cleaned_data["on"],
                locale=locale_of(request),
                place=PLACE,
                proof=who.way.value,
                now=clock.now(),
                actor=who.actor,
            )
            on = form.cleaned_data["on"]
            said = gettext("Switched on.") if on else gettext("Switched off. It holds at once.")
            messages.success(request, said)
    except Refusal as refusal:
        return _refused(request, refusal)
    return _back(token)


@require_http_methods(["GET", "POST"])
@never_cache
def erasure(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more: what goes, what the law keeps and until when, what stands in the way."""
    now = clock.now()
    try:
        who = who_asks(request, token, now=now)
        if proof := proof_first(request, who):
            return proof
        if request.method == "POST":
            asked = ask(
                person_id=who.person_id,
                kind=RequestKind.ERASURE,
                way=who.way,
                locale=locale_of(request),
                now=now,
                actor=who.actor,
            )
            messages.success(request, _noted(RequestKind.ERASURE, asked.number))
            return _back(token)
    except Refusal as refusal:
        return _refused(request, refusal)
    kept = kept_rows(whose(who.person_id), place=responsible_place(), now=now)
    context = {
        "token": token,
        "kept": [(words.table_words(table), until) for table, until in kept.items()],
        "reasons": words.obstacle_words(",".join(obstacles_of(who.person_id).words())),
    }
    return render(request, "storefront/privacy/erasure.html", context)


@require_GET
@never_cache
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """A copy to read."""
    try:
        export, body = _copy_of(token)
    except Refusal as refusal:
        return _refused(request, refusal)
    context = page_of(json.loads(body)) | {"token": token, "export": export}
    return render(request, "storefront/privacy/copy.html", context)


@require_GET
@never_cache
def copy_file(request: HttpRequest, token: str) -> HttpResponse:
    """The same copy as a file for other programs."""
    try:
        export, body = _copy_of(token)
    except Refusal as refusal:
        return _refused(request, refusal)
    count_download(export_id=export.id, now=clock.now())
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(["GET", "POST"])
@never_cache
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """A typed address is confirmed with a button: a mail program that opens links confirms
    nothing."""
    now = clock.now()
    try:
        opt_in_id = read_link(token, purpose=OPT_IN_LINK, now=now)
        done = request.method == "POST"
        if done:
            confirm_newsletter(opt_in_id=opt_in_id, now=now, actor=GUEST)
    except Refusal as refusal:
        return _refused(request, refusal)
    context = {"token": token, "done": done}
    return render(request, "storefront/privacy/confirmation.html", context)


def _copy_of(token: str) -> tuple[ExportRow, bytes]:
    now = clock.now()
    export_id: UUID = read_link(token, purpose=COPY_LINK, now=now)
    return read_export(export_id, now=now)


def _page(request: HttpRequest, who: Who, form: WishForm, *, status: int = 200) -> HttpResponse:
    shown = rows.my_data(who.person_id, locale=locale_of(request), now=clock.now())
    context = shown | {"token": who.token, "form": form}
    return render(request, "storefront/privacy/page.html", context, status=status)


def _noted(kind: RequestKind, number: str) -> str:
    if kind is RequestKind.OBJECTION:
        return gettext("Done: you get no advertising from us any more.")
    if kind in {RequestKind.ACCESS, RequestKind.PORTABILITY}:
        return gettext("We are putting the copy together. In a moment you get an e-mail.")
    return gettext("Your request %(number)s is noted.") % {"number": number}


def _back(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("storefront:my_data_page", args=[token]))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"title": text_of(refusal)}
    return render(request, "storefront/privacy/gone.html", context, status=refusal.status)
