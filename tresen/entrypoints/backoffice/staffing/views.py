"""Find staff, invite somebody, give roles, let people go."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.queries import find_member, list_members
from tresen.domains.accounts.types import MemberRow
from tresen.domains.stores.queries import list_stores
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.staffing import rows
from tresen.entrypoints.backoffice.staffing.forms import InvitationForm, RolesForm
from tresen.entrypoints.backoffice.staffing.pages import invitation_page, roles_page, staff_spec
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.stepup import step_up
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.staffing.roles import (
    change_roles,
    invite_again,
    invite_member,
    let_go,
    take_back,
)


@list_screen(staff_spec())
def staff(request: HttpRequest, asked: ListQuery) -> Found[MemberRow]:  # noqa: ARG001
    """By login."""
    return Found(list_members(now=clock.now(), text=asked.search))


@require_GET
def member(request: HttpRequest, member: str) -> HttpResponse:
    """One of the staff with all that follows from their roles."""
    return render_detail(request, rows.member_page(_member_of(member)))


@require_http_methods(["GET", "POST"])
@step_up
def invitation(request: HttpRequest) -> HttpResponse:
    """Somebody is asked to join; the link is shown once, to be handed over."""
    form = InvitationForm(request.POST or None, shops=list_stores())
    if request.method == "POST" and form.is_valid():
        try:
            user_id, link = invite_member(
                username=form.cleaned_data["username"],
                display_name=form.cleaned_data["display_name"],
                email=form.cleaned_data["email"],
                memberships=form.memberships(),
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error("username", text_of(refusal))
        else:
            _tell_link(request, link)
            return HttpResponseRedirect(rows.member_url(user_id))
    return render_form(request, invitation_page(form))


@require_http_methods(["GET", "POST"])
@step_up
def roles(request: HttpRequest, member: str) -> HttpResponse:
    """Other roles, from the next request on."""
    row = _member_of(member)
    known = {
        "roles": sorted({one.role.value for one in row.memberships}),
        "stores": sorted({one.store for one in row.memberships if one.store}),
    }
    form = RolesForm(
        request.POST if request.method == "POST" else None, shops=list_stores(), initial=known
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_roles(
                user_id=row.id,
                memberships=form.memberships(),
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error("roles", text_of(refusal))
        else:
            messages.success(request, gettext("The roles are changed."))
            return HttpResponseRedirect(rows.member_url(row.id))
    return render_form(request, roles_page(form, row))


@require_POST
@step_up
def leaving(request: HttpRequest, member: str) -> HttpResponse:
    """Somebody leaves: signed out everywhere, and not let in again."""

    def go(user_id: UUID) -> str:
        ended = let_go(user_id=user_id, now=clock.now(), actor=actor_of(request))
        return gettext("Done. Sessions that ended: %(count)s.") % {"count": ended}

    return _done(request, _member_of(member), go)


@require_POST
@step_up
def coming_back(request: HttpRequest, member: str) -> HttpResponse:
    """Somebody who left may sign in again."""

    def back(user_id: UUID) -> str:
        take_back(user_id=user_id, now=clock.now(), actor=actor_of(request))
        return gettext("The account is active again.")

    return _done(request, _member_of(member), back)


@require_POST
@step_up
def renewal(request: HttpRequest, member: str) -> HttpResponse:
    """A new link for somebody who has not joined yet, or has lost everything."""
    row = _member_of(member)
    link = invite_again(user_id=row.id, now=clock.now(), actor=actor_of(request))
    _tell_link(request, link)
    return HttpResponseRedirect(rows.member_url(row.id))


def _done(request: HttpRequest, row: MemberRow, act: Callable[[UUID], str]) -> HttpResponse:
    try:
        messages.success(request, act(row.id))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    return HttpResponseRedirect(rows.member_url(row.id))


def _tell_link(request: HttpRequest, link: str) -> None:
    said = gettext("Hand over this link; it holds once, for seven days: %(link)s")
    messages.success(request, said % {"link": link})


def _member_of(text: str) -> MemberRow:
    try:
        found = find_member(inner("usr", text), now=clock.now())
    except BadId as error:
        raise Http404(text) from error
    if found is None:
        raise Http404(text)
    return found


@require_GET
def settings(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The settings open with the staff."""
    return HttpResponseRedirect(reverse("backoffice:staff"))
