"""The page behind the link of «was this you?»: a device is thrown out without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.labels import device_words
from tresen.entrypoints.storefront.account.door import refused
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.was_this_you import disown_device, look_at_device


@require_http_methods(["GET", "POST"])
@never_cache
def was_this_you(request: HttpRequest, token: str) -> HttpResponse:
    """Looking alone does nothing; «no» leads on to a new password."""
    now = clock.now()
    try:
        if request.method == "POST":
            return _on(request, disown_device(token=token, realm=Realm.SHOP, now=now))
        device = look_at_device(token=token, realm=Realm.SHOP, now=now)
    except Refusal as refusal:
        return refused(request, refusal)
    words = {"device": device_words(device.device), "seen_at": device.first_seen_at}
    return render(request, "storefront/account/was_this_you.html", words)


def _on(request: HttpRequest, has_password: bool) -> HttpResponse:
    if has_password:
        said = gettext("That device is signed out. Now choose a new password, please.")
        page = "storefront:account_forgotten"
    else:
        said = gettext("That device is signed out. Please look through your passkeys, too.")
        page = "storefront:account_sign_in"
    messages.success(request, said)
    return HttpResponseRedirect(reverse(page))
