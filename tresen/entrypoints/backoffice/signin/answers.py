"""Pages behind links of mails to the staff: «was this you?», and taking a change back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tresen.domains.accounts.queries import list_owners
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.change_words import change_words
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.labels import device_words
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.staff_credentials import look_at_staff_change, undo_staff_change
from tresen.workflows.trusting.was_this_you import disown_device, look_at_device

STAFF = Realm.STAFF


@require_http_methods(["GET", "POST"])
@never_cache
def was_this_you(request: HttpRequest, token: str) -> HttpResponse:
    """Works without signing in; looking alone does nothing."""
    now = clock.now()
    try:
        device = look_at_device(token=token, realm=STAFF, now=now)
        if request.method == "POST":
            disown_device(token=token, realm=STAFF, now=now)
    except Refusal as refusal:
        return _refused(request, refusal)
    words = {
        "device": device_words(device.device),
        "seen_at": device.first_seen_at,
        "is_done": request.method == "POST",
        "owners": [owner.name for owner in list_owners()],
    }
    return render(request, "account/was_this_you.html", words)


@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """«That was not me»: works without signing in."""
    now = clock.now()
    try:
        change = look_at_staff_change(token=token, now=now)
        if request.method == "POST":
            undo_staff_change(token=token, locale=(get_language() or "de")[:2], now=now)
            words = gettext("All is as it was. Every device is signed out; please sign in anew.")
            messages.success(request, words)
            return HttpResponseRedirect(reverse("account_login"))
    except Refusal as refusal:
        return _refused(request, refusal)
    given = {"change": change, "words": change_words(change.kind)}
    return render(request, "account/undo.html", given)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    given = {"refused": text_of(refusal)}
    return render(request, "account/link_gone.html", given, status=refusal.status)
