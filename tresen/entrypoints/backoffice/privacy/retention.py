"""What is kept how long: the rules in force, the last run, the next one dry, and legal holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.types import Permission
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.retention import last_run, list_holds
from tresen.domains.privacy.rules.retention import classes, created_before, period_of
from tresen.domains.privacy.types.retention import Finding, HoldRow, Period, RunRow, Start, Unit
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Column,
    Crumb,
    DetailPage,
    Linked,
    Section,
    Table,
)
from tresen.entrypoints.backoffice.privacy import classes as kinds
from tresen.entrypoints.backoffice.privacy.forms import HoldForm, LiftForm, retention_form_page
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.holds import end_hold, set_hold
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.retain import retain

HOLD = "hld"


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Each class with its rule, what the last run did, and what is held back."""
    handles = standing_of(request).may(Permission.PRIVACY_HANDLE)
    today = responsible_place().day_of(clock.now())
    page = DetailPage(
        title=gettext("What is kept how long"),
        task="trust",
        crumbs=[Crumb(gettext("What is kept how long"))],
        lead=gettext(
            "Each night the house deletes what is due: rows, or the key that opens them. "
            "A dry run says what it would do, and changes nothing."
        ),
        next_action=Action(
            gettext("Run dry now"), reverse("backoffice:retention_trial"), method="post"
        ),
        actions=[Action(gettext("Place a hold"), reverse("backoffice:retention_hold_new"))],
        sections=[
            _rules(today),
            _run("run", gettext("Last run"), last_run(dry=False)),
            _run("trial", gettext("Last dry run"), last_run(dry=True)),
            _holds(list_holds(), handles=handles),
        ],
    )
    return render_detail(request, page)


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """What a run would do now."""
    found = retain(dry=True, now=clock.now(), actor=actor_of(request))
    due = sum(one.due - one.held for one in found)
    said = ngettext("%(due)s entry would go now.", "%(due)s entries would go now.", due)
    messages.success(request, said % {"due": due})
    return _back()


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """Nothing that it covers is deleted from now on."""
    form = HoldForm(
        request.POST if request.method == "POST" else None,
        classes={name: kinds.class_words(name) for name in classes()},
    )
    if request.method == "POST" and form.is_valid() and _placed(request, form):
        messages.success(request, gettext("The hold is in force."))
        return _back()
    page = retention_form_page(
        form,
        title=gettext("Place a hold"),
        submit=gettext("Place the hold"),
        lead=gettext("Nothing that it covers is deleted or erased until somebody lifts it."),
    )
    return render_form(request, page)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, wanted: str) -> HttpResponse:
    """What it covered goes with the next run."""
    try:
        hold_id = inner(HOLD, wanted)
    except BadId as error:
        raise Http404(wanted) from error
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            end_hold(hold_id=hold_id, reason=reason, now=clock.now(), actor=actor_of(request))
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("The hold is lifted."))
            return _back()
    page = retention_form_page(
        form,
        title=gettext("Lift the hold"),
        submit=gettext("Lift the hold"),
        lead=gettext("What it covered is deleted by the next run, and erasures go on."),
    )
    return render_form(request, page)


def _placed(request: HttpRequest, form: HoldForm) -> bool:
    email = form.cleaned_data["email"]
    person_id = find_person_by_email(email) if email else None
    if email and person_id is None:
        form.add_error("email", gettext("Nothing is stored under this address."))
        return False
    try:
        set_hold(
            person_id=person_id,
            retention=form.cleaned_data["retention"],
            place=form.cleaned_data["place"],
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            now=clock.now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        form.add_error(None, text_of(refusal))
        return False
    return True


def _rules(today: date) -> Section:
    country = responsible_place().country
    rules = [period_of(name, country=country, today=today) for name in classes()]
    columns: list[Column[Period]] = [
        Column("class", gettext("What"), lambda row: kinds.class_words(row.retention)),
        Column("how_long", gettext("How long"), period_words),
        Column("law", gettext("Why"), lambda row: _law(row.law)),
        Column(
            "before",
            gettext("Due is what is older than"),
            lambda row: created_before(row, today=today),
        ),
    ]
    return Section("rules", gettext("Rules in force"), tables=[Table(columns, rules)])


def period_words(row: Period) -> str:
    said = {
        Unit.YEARS: ngettext("%(count)s year", "%(count)s years", row.count),
        Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", row.count),
        Unit.DAYS: ngettext("%(count)s day", "%(count)s days", row.count),
    }[row.unit] % {"count": row.count}
    if row.start is Start.YEAR_END:
        return gettext("%(period)s from the end of the year") % {"period": said}
    return said


def _run(name: str, title: str, run: RunRow | None) -> Section:
    if run is None:
        return Section(name, title, text=gettext("There was none yet."))
    shown = [one for one in run.findings if one.due]
    columns: list[Column[Finding]] = [
        Column("class", gettext("What"), lambda row: kinds.class_words(row.retention)),
        Column("table", gettext("Table"), lambda row: row.table),
        Column("due", gettext("Due"), lambda row: row.due, kind="number"),
        Column("removed", gettext("Gone"), lambda row: row.removed, kind="number"),
        Column("held", gettext("Held back"), lambda row: row.held, kind="number"),
        Column("oldest", gettext("Oldest"), lambda row: row.oldest_on),
        Column("law", gettext("Why"), lambda row: _law(row.law)),
    ]
    moment = run.ran_at.astimezone().strftime("%Y-%m-%d %H:%M")
    said = gettext("On %(moment)s.") % {"moment": moment}
    text = said if shown else f"{said} {gettext('Nothing was due.')}"
    return Section(name, title, text=text, tables=[Table(columns, shown)] if shown else [])


def _holds(holds: Sequence[HoldRow], *, handles: bool) -> Section:
    columns: list[Column[HoldRow]] = [
        Column("covers", gettext("Covers"), _covers),
        Column("place", gettext("From"), lambda row: row.place),
        Column("reason", gettext("Reason"), lambda row: row.reason),
        Column("since", gettext("Since"), lambda row: row.placed_at),
        Column("review", gettext("Look again on"), lambda row: row.review_on),
    ]
    if handles:
        columns.append(Column("end", gettext("End"), _end))
    text = "" if holds else gettext("Nothing is held back.")
    return Section(
        "holds",
        gettext("Legal holds"),
        text=text,
        tables=[Table(columns, holds)] if holds else [],
    )


def _covers(row: HoldRow) -> str:
    if row.person_id is not None:
        return outer("per", row.person_id)
    return str(kinds.class_words(row.retention))


def _end(row: HoldRow) -> Linked:
    url = reverse("backoffice:retention_hold_end", args=[outer(HOLD, row.id)])
    return Linked(gettext("Lift"), url)


def _law(law: str) -> str:
    return law_words(law, locale=get_language() or "en")


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:retention"))
