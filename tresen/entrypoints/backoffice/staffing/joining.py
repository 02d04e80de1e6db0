"""An invited member of the staff chooses a password; the second factor follows at the sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tresen.domains.accounts.commands import InvitationUsed
from tresen.domains.accounts.queries import find_invited
from tresen.domains.accounts.types import MemberRow
from tresen.entrypoints.backoffice.staffing.forms import JoinForm
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import read_link
from tresen.workflows.staffing.roles import INVITATION, join


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link holds once: afterwards it says so."""
    now = clock.now()
    form = JoinForm(request.POST if request.method == "POST" else None)
    try:
        invitation_id = read_link(token, purpose=INVITATION, now=now)
        row = _invited(find_invited(invitation_id, now=now))
        if request.method == "POST" and form.is_valid():
            join(invitation_id=invitation_id, password=form.cleaned_data["password"], now=now)
            said = gettext("Welcome. Sign in as %(login)s and set up your second factor.")
            messages.success(request, said % {"login": row.username})
            return HttpResponseRedirect(reverse("account_login"))
    except Refusal as refusal:
        words = {"refused": text_of(refusal)}
        return render(request, "account/invitation.html", words, status=refusal.status)
    status = 422 if form.errors else 200
    given = {"form": form, "member": row, "action": request.path}
    return render(request, "account/invitation.html", given, status=status)


def _invited(found: MemberRow | None) -> MemberRow:
    if found is None:
        raise InvitationUsed(field="token")
    return found
