"""The queue of people's requests: what waits, by when, and what one does about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.orders.queries import list_orders_of
from tresen.domains.privacy.queries import find_person, find_person_by_email
from tresen.domains.privacy.queries.requests import (
    REQUESTS_MAX,
    NoSuchRequest,
    RequestFilter,
    find_export,
    get_request,
    get_words,
    list_requests,
    list_steps,
)
from tresen.domains.privacy.types.requests import RequestKind, RequestRow
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.cursors import BrokenCursor, read_cursor, written_cursor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.privacy import forms, rows, words
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.audit.deeds import record_read
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.answer import GROUNDS, answer, extend, take_back
from tresen.workflows.trusting.ask import ask, prove
from tresen.workflows.trusting.erase import obstacles_of
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.restrict import lift, restrict

READ_FIELDS = ("privacy_request.wish", "privacy_request.identity_note", "privacy_request.answer")
DEFAULT_LOCALE = "de"


@list_screen(rows.REQUESTS)
def requests(request: HttpRequest, asked: ListQuery) -> Found[RequestRow]:  # noqa: ARG001
    """What waits comes by its clock, so that the late ones lead; everything, newest first."""
    limit = min(asked.limit, REQUESTS_MAX - 1)
    overdue = bool(asked.one("overdue"))
    narrow = RequestFilter(
        kind=asked.one("kind"),
        state=asked.one("state"),
        way=asked.one("way"),
        only_open=bool(asked.one("open")) or overdue,
        overdue_on=responsible_place().day_of(clock.now()) if overdue else None,
        text=asked.search,
    )
    found = list_requests(narrow=narrow, after=_seek(asked.after), limit=limit + 1)
    shown = found[:limit]
    more = len(found) > limit and not narrow.only_open
    last = written_cursor(shown[-1].received_at, shown[-1].id) if more else ""
    return Found(shown, next_cursor=last)


@require_GET
def one(request: HttpRequest, wanted: str) -> HttpResponse:
    """One request with its story. That its words were read is noted."""
    row = _request_of(wanted)
    with transaction.atomic():
        record_read(
            action="privacy_request.view",
            actor=actor_of(request),
            persons=(row.person_id,),
            fields=READ_FIELDS,
            object_kind="privacy_request",
            object_id=str(row.id),
            now=clock.now(),
        )
    waits = row.kind is RequestKind.ERASURE and row.closed_at is None
    person = find_person(row.person_id)
    page = rows.request_page(
        row,
        get_words(row.id),
        steps=list_steps(row.id),
        orders=list_orders_of(row.person_id),
        export=find_export(row.id),
        obstacles=words.obstacle_words(",".join(obstacles_of(row.person_id).words()))
        if waits
        else "",
        restricted=person is not None and person.restricted_at is not None,
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A request that came by phone, letter, e-mail or at the counter."""
    today = responsible_place().day_of(clock.now())
    sent = request.POST if request.method == "POST" else None
    form = forms.NewRequestForm(sent, initial={"received_on": today})
    if sent is not None and form.is_valid():
        person_id = find_person_by_email(form.cleaned_data["email"])
        if form.cleaned_data["received_on"] > today:
            form.add_error("received_on", gettext("This day is still to come."))
        elif person_id is None:
            form.add_error("email", gettext("Nothing is stored under this address."))
        else:
            asked = ask(
                person_id=person_id,
                kind=forms.kind_of(form),
                way=forms.way_of(form),
                locale=DEFAULT_LOCALE,
                wish=form.cleaned_data["wish"],
                identity_note=form.cleaned_data["identity_note"],
                received_on=form.cleaned_data["received_on"],
                now=clock.now(),
                actor=actor_of(request),
            )
            messages.success(request, gettext("Entered. The clock runs."))
            return _back(asked)
    return render_form(request, forms.new_request_page(form))


@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, wanted: str) -> HttpResponse:
    """How the person was checked; from then on it goes like any other request."""
    row = _request_of(wanted)

    def act(typed: django_forms.Form) -> None:
        prove(
            request_id=row.id,
            note=typed.cleaned_data["note"],
            now=clock.now(),
            actor=actor_of(request),
        )

    return _form(
        request,
        row,
        forms.ProofForm,
        act,
        title=gettext("The person was checked"),
        submit=gettext("Note it"),
        done=gettext("Noted. What the house can do by itself happens now."),
    )


@require_http_methods(["GET", "POST"])
def answering(request: HttpRequest, wanted: str) -> HttpResponse:
    """Answer or refuse, with a letter."""
    row = _request_of(wanted)

    def act(typed: django_forms.Form) -> None:
        answer(
            request_id=row.id,
            refused=typed.cleaned_data["refused"],
            words=typed.cleaned_data["words"],
            ground=typed.cleaned_data["ground"],
            now=clock.now(),
            actor=actor_of(request),
        )

    return _form(
        request,
        row,
        forms.AnswerForm,
        act,
        title=gettext("Answer the request"),
        submit=gettext("Answer with a letter"),
        done=gettext("Answered. The person gets a letter."),
        initial={"ground": law_words(GROUNDS[row.kind], locale=row.locale)},
        lead=words.todo_words(row.kind),
    )


@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, wanted: str) -> HttpResponse:
    """Two further months, told inside the first."""
    row = _request_of(wanted)

    def act(typed: django_forms.Form) -> None:
        extend(
            request_id=row.id,
            reason=typed.cleaned_data["reason"],
            now=clock.now(),
            actor=actor_of(request),
        )

    return _form(
        request,
        row,
        forms.ExtensionForm,
        act,
        title=gettext("Extend the time"),
        submit=gettext("Extend by two months"),
        done=gettext("Extended. The person gets a letter."),
    )


@require_POST
def withdrawal(request: HttpRequest, wanted: str) -> HttpResponse:
    """The person no longer wants it."""
    row = _request_of(wanted)
    try:
        take_back(request_id=row.id, now=clock.now(), actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Closed."))
    return _back(row)


@require_POST
def restriction(request: HttpRequest, wanted: str) -> HttpResponse:
    """Restrict the person's data (Art. 18), or lift that."""
    row = _request_of(wanted)
    do = lift if request.POST.get("lift") else restrict
    try:
        do(request_id=row.id, now=clock.now(), actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Done."))
    return _back(row)


def _form(
    request: HttpRequest,
    row: RequestRow,
    kind: type[django_forms.Form],
    act: Callable[[django_forms.Form], None],
    *,
    title: str,
    submit: str,
    done: str,
    initial: dict[str, str] | None = None,
    lead: str = "",
) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, done)
            return _back(row)
    page = forms.request_form_page(form, row, title=title, submit=submit, lead=lead)
    return render_form(request, page)


def _request_of(text: str) -> RequestRow:
    try:
        return get_request(inner(rows.PREFIX, text))
    except (BadId, NoSuchRequest) as error:
        raise Http404(text) from error


def _back(row: RequestRow) -> HttpResponse:
    return HttpResponseRedirect(rows.request_url(row.id))


def _seek(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        return cast("tuple[datetime, UUID]", read_cursor(cursor, kinds=(datetime, UUID)))
    except BrokenCursor as error:
        remedy = gettext("Start from the beginning of the list.")
        raise ListRefused(field="after", remedy=remedy) from error
