"""The register, one incident, and what staff does about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.accounts.queries import names_of
from tresen.domains.security.queries.incidents import (
    NoSuchIncident,
    get_incident,
    list_incidents,
    list_pinned,
)
from tresen.domains.security.types.incidents import Incident
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form, section_of
from tresen.entrypoints.backoffice.kit.types import Crumb, FormPage
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.trust.audit.people import FIELDS, Touched, named
from tresen.entrypoints.backoffice.trust.incidents import rows
from tresen.entrypoints.backoffice.trust.incidents.forms import (
    IncidentForm,
    PeopleForm,
    StepForm,
    incident_form_page,
    initial_of,
)
from tresen.entrypoints.backoffice.words import staff_in
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.audit.deeds import record_read
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.guarding.handle_incident import (
    correct_incident,
    pin_people,
    report_incident,
    take_step,
)

SHOWN_MAX = 500


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Open ones first."""
    return render_detail(request, rows.register_page(list_incidents(), now=clock.now()))


@require_http_methods(["GET", "POST"])
def new_incident(request: HttpRequest) -> HttpResponse:
    """Written down as soon as somebody knows; the rest may follow."""
    now = clock.now()
    form = IncidentForm(request.POST or None, now=now, initial={"aware_at": now, "risk": "some"})
    if request.method == "POST" and form.is_valid():
        incident_id = report_incident(
            facts=form.facts(), words=form.words(), now=now, actor=actor_of(request)
        )
        messages.success(request, gettext("The incident is in the register. The clocks run."))
        return HttpResponseRedirect(rows.incident_url(incident_id))
    page = incident_form_page(
        form,
        title=gettext("Report an incident"),
        submit=gettext("Report it"),
        cancel_url=reverse("backoffice:incidents"),
        crumbs=rows.crumbs(Crumb(gettext("Report an incident"))),
    )
    return render_form(request, page)


@require_GET
def incident(request: HttpRequest, incident: str) -> HttpResponse:
    """One incident with its clocks and its people."""
    found = incident_of(incident)
    touched = touched_by(request, found)
    people = names_of(staff_in(step.actor for step in found.steps))
    page = rows.incident_page(found, touched=touched, people=people, now=clock.now())
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, incident: str) -> HttpResponse:
    """More is known by now."""
    found, now = incident_of(incident), clock.now()
    form = IncidentForm(request.POST or None, now=now, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            correct_incident(
                incident_id=found.id,
                facts=form.facts(),
                words=form.words(),
                now=now,
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(rows.incident_url(found.id))
    page = incident_form_page(
        form,
        title=rows.number_words(found),
        submit=gettext("Save"),
        cancel_url=rows.incident_url(found.id),
        crumbs=_way(found),
    )
    return render_form(request, page)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, incident: str) -> HttpResponse:
    """Somebody was told, the cause is mended, the matter is closed."""
    found = incident_of(incident)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_step(
                incident_id=found.id,
                kind=form.step_kind(),
                text=form.cleaned_data["text"],
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Noted."))
            return HttpResponseRedirect(rows.incident_url(found.id))
    section = section_of(form, title=gettext("Step"), names=("kind", "text"))
    page = FormPage(
        title=gettext("Note a step"),
        form=form,
        sections=[section],
        submit_label=gettext("Note it"),
        cancel_url=rows.incident_url(found.id),
        task="trust",
        crumbs=_way(found),
    )
    return render_form(request, page)


@require_http_methods(["GET", "POST"])
def persons(request: HttpRequest, incident: str) -> HttpResponse:
    """Whom it touches, asked of the audit and pinned."""
    found = incident_of(incident)
    form = PeopleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count, new = pin_people(
                incident_id=found.id,
                scope=form.scope(),
                text=form.question(),
                now=clock.now(),
                actor=actor_of(request),
            )
        except ListRefused as refused:
            form.add_error("words", str(refused.remedy))
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            said = gettext("%(count)s people found, %(new)s of them new.")
            messages.success(request, said % {"count": count, "new": new})
            return HttpResponseRedirect(rows.incident_url(found.id))
    section = section_of(
        form,
        title=gettext("Whose deeds?"),
        names=("words", "since", "until"),
        help=gettext("Leave the words empty to mean every deed of these days."),
    )
    page = FormPage(
        title=gettext("Find affected people"),
        form=form,
        sections=[section],
        submit_label=gettext("Find and pin"),
        cancel_url=rows.incident_url(found.id),
        task="trust",
        crumbs=_way(found),
    )
    return render_form(request, page)


def incident_of(text: str) -> Incident:
    try:
        incident_id: UUID = inner("inc", text)
        return get_incident(incident_id)
    except (BadId, NoSuchIncident) as error:
        raise Http404(text) from error


def touched_by(request: HttpRequest, incident: Incident) -> list[Touched]:
    """Their names, which is a look at people's data."""
    touched = named(list_pinned(incident.id, limit=SHOWN_MAX))
    if touched:
        record_read(
            action="incident.view",
            actor=actor_of(request),
            persons=[row.affected.person_id for row in touched],
            fields=FIELDS,
            object_kind="incident",
            object_id=str(incident.id),
            now=clock.now(),
        )
    return touched


def _way(incident: Incident) -> list[Crumb]:
    return rows.crumbs(Crumb(rows.number_words(incident), rows.incident_url(incident.id)))
