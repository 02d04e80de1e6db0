"""What waits for a second person: look, allow, decline; and asking for a list."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.queries import find_approval, list_approvals, names_of
from tresen.domains.accounts.queries.approvals import Reach
from tresen.domains.accounts.types import ApprovalKind, ApprovalRow, Permission
from tresen.entrypoints.backoffice.approvals import rows
from tresen.entrypoints.backoffice.approvals.forms import ExportForm
from tresen.entrypoints.backoffice.approvals.questions import list_url, question_words
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.releasing import QUESTION_LENGTH_MAX, question_of
from tresen.entrypoints.backoffice.kit.types import (
    Crumb,
    FormField,
    FormPage,
    FormSection,
    Found,
    ListQuery,
)
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.policy.standing import Standing, standing_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.stepup import step_up
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.staffing.four_eyes import allow, decline, wish_for_list

DECIDES = {
    ApprovalKind.REFUND: Permission.REFUNDS_APPROVE,
    ApprovalKind.EXPORT: Permission.EXPORTS_APPROVE,
}


class _Decision(Protocol):
    def __call__(self, *, wish: ApprovalRow, now: datetime, actor: Actor) -> None: ...


def reach_of(standing: Standing) -> Reach:
    """What somebody may decide on, and for which stores."""
    held = {kind: standing.stores_for(permission) for kind, permission in DECIDES.items()}
    return {kind: stores.narrowed for kind, stores in held.items() if stores}


@list_screen(rows.APPROVALS)
def approvals(request: HttpRequest, asked: ListQuery) -> Found[ApprovalRow]:  # noqa: ARG001
    """The oldest first."""
    return Found(list_approvals(reach=reach_of(standing_of(request)), now=clock.now()))


@require_GET
def approval(request: HttpRequest, approval: str) -> HttpResponse:
    """Who wants what, and why."""
    row = _approval_of(request, approval)
    names = names_of([one for one in (row.asked_by, row.decided_by) if one])
    is_own = row.asked_by == actor_of(request).id
    return render_detail(request, rows.approval_page(row, names, is_own=is_own))


@require_POST
@step_up
def allowance(request: HttpRequest, approval: str) -> HttpResponse:
    """The second person agrees."""
    return _decided(request, approval, allow, gettext("Allowed."))


@require_POST
def refusal(request: HttpRequest, approval: str) -> HttpResponse:
    """The second person does not."""
    return _decided(request, approval, decline, gettext("Declined. Nothing was done."))


@require_http_methods(["GET", "POST"])
@step_up
def export_wish(request: HttpRequest, list_name: str) -> HttpResponse:
    """A list with people in it is asked for; somebody else allows it."""
    if list_name not in rows.LISTS:
        raise Http404(list_name)
    question = question_of(request.GET)
    if len(question) > QUESTION_LENGTH_MAX:
        raise Http404(list_name)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            wish_for_list(
                name=list_name,
                question=question,
                reason=form.cleaned_data["purpose"],
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            said = gettext("Asked for. Once it is allowed, fetch the file from the list: once.")
            messages.success(request, said)
            return HttpResponseRedirect(list_url(list_name, question))
    return render_form(request, _wish_page(form, list_name, question))


def _wish_page(form: ExportForm, list_name: str, question: str) -> FormPage:
    return FormPage(
        title=gettext("People are in this list"),
        form=form,
        sections=[FormSection(gettext("Purpose"), [FormField(form["purpose"])])],
        submit_label=gettext("Ask for it"),
        cancel_url=list_url(list_name, question),
        task="today",
        crumbs=[Crumb(rows.list_title(list_name), reverse(f"backoffice:{list_name}"))],
        lead=f"{question_words(list_name, question)}. "
        + gettext("As a file it needs four eyes: somebody else allows it, for one day."),
    )


def _decided(request: HttpRequest, text: str, act: _Decision, said: str) -> HttpResponse:
    wish = _approval_of(request, text)
    try:
        act(wish=wish, now=clock.now(), actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(rows.wish_url(wish.id))


def _approval_of(request: HttpRequest, text: str) -> ApprovalRow:
    try:
        found = find_approval(inner("apr", text), reach=reach_of(standing_of(request)))
    except BadId as error:
        raise Http404(text) from error
    if found is None:
        raise Http404(text)
    return found
