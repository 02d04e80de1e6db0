"""Who was affected? One question, one list: on the page, on paper, as a file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from tresen.domains.security.queries.deeds import Scope, count_affected, list_affected
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.cells import cell_text
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.exports import BYTE_ORDER_MARK
from tresen.entrypoints.backoffice.kit.releasing import is_released, question_of, wish_url
from tresen.entrypoints.backoffice.kit.types import Action, Crumb, DetailPage, Section, Table
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.trust.audit.asking import HINT, scope_of
from tresen.entrypoints.backoffice.trust.audit.people import FIELDS, Touched, columns, named
from tresen.entrypoints.backoffice.trust.audit.rows import crumbs
from tresen.entrypoints.policy.standing import may_follow
from tresen.entrypoints.shared.stepup import step_up
from tresen.foundation import clock
from tresen.foundation.audit.deeds import Deed, record, record_read

LIST = "affected"
"""What a second person allows; the name of its page as well."""
SHOWN_MAX = 1_000
"""On the page; the file holds everybody."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks, and which deeds it means."""

    words: str
    since: str
    until: str
    scope: Scope

    def query(self) -> str:
        return urlencode({"q": self.words, "from": self.since, "to": self.until})


@require_GET
def affected(request: HttpRequest) -> HttpResponse:
    """The question, and its answer where something was asked."""
    try:
        question = _question(request.GET)
    except ListRefused as refused:
        return render_detail(request, _page(request, None, str(refused.remedy)), status=400)
    if question.scope.is_whole:
        return render_detail(request, _page(request, None, ""))
    rows = named(list_affected(question.scope, limit=SHOWN_MAX))
    record_read(
        action="affected.list",
        actor=actor_of(request),
        persons=[row.affected.person_id for row in rows],
        fields=FIELDS,
        object_kind="audit",
        object_id=question.words[:80],
        now=clock.now(),
    )
    sections = [_answer(question, rows)]
    return render_detail(request, _page(request, question, "", sections=sections))


@require_GET
@step_up
def affected_file(request: HttpRequest) -> HttpResponse:
    """Everybody as CSV: with a fresh proof and four eyes, and recorded with its persons."""
    try:
        question = _question(request.GET)
    except ListRefused as refused:
        return render_detail(request, _page(request, None, str(refused.remedy)), status=400)
    if not is_released(request, LIST):
        return HttpResponseRedirect(wish_url(LIST, question_of(request.GET)))
    rows = named(list_affected(question.scope))
    with transaction.atomic():
        deed = Deed(
            action="affected.export",
            actor=actor_of(request),
            object_kind="audit",
            object_id=question.words[:80],
            persons=[row.affected.person_id for row in rows],
            after={"rows": len(rows)},
        )
        record(deed, now=clock.now())
    response = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="affected.csv"'
    return response


def _question(sent: Mapping[str, str]) -> Question:
    words = sent.get("q", "").replace("\x00", "").strip()[:120]
    since, until = sent.get("from", ""), sent.get("to", "")
    return Question(words, since, until, scope_of(words, since=_day(since), until=_day(until)))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        remedy = gettext("Give a day as year-month-day, such as 2026-11-24.")
        raise ListRefused(field="from", remedy=remedy) from wrong


def _page(
    request: HttpRequest,
    question: Question | None,
    refused: str,
    *,
    sections: list[Section] | None = None,
) -> DetailPage:
    asked = {
        "words": request.GET.get("q", ""),
        "since": request.GET.get("from", ""),
        "until": request.GET.get("to", ""),
        "hint": HINT,
    }
    ask = Section(
        "ask",
        gettext("Whose deeds?"),
        text=refused,
        template="backoffice/trust/audit/_ask.html",
        context=asked,
    )
    actions = []
    if question is not None and may_follow(request, wish_url(LIST)):
        url = f"{reverse('backoffice:affected_file')}?{question.query()}"
        actions.append(Action(gettext("As a file (CSV)"), url, icon="download"))
    return DetailPage(
        title=gettext("Who was affected?"),
        task="trust",
        crumbs=crumbs(Crumb(gettext("Who was affected?"))),
        lead=gettext("Everybody whose data was changed or shown by the deeds that are meant"),
        actions=actions,
        sections=[ask, *(sections or [])],
    )


def _answer(question: Question, rows: list[Touched]) -> Section:
    persons, deeds = count_affected(question.scope)
    text = ngettext(
        "%(persons)s person by %(deeds)s deeds", "%(persons)s people by %(deeds)s deeds", persons
    ) % {"persons": persons, "deeds": deeds}
    if persons > len(rows):
        more = gettext("Here are the first %(count)s; the file holds all.") % {"count": len(rows)}
        text = f"{text}. {more}"
    table = Table(columns(), rows, caption=gettext("Affected people"))
    return Section("people", gettext("Affected people"), text=text, tables=[table])


def _csv(rows: list[Touched]) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([gettext("Person"), *(str(column.title) for column in columns())])
    for row in rows:
        cells = [_plain(column.value(row)) for column in columns()]
        writer.writerow([str(row.affected.person_id), *cells])
    return BYTE_ORDER_MARK + file.getvalue()


def _plain(value: object) -> str:
    """No cell begins with what a spreadsheet would run."""
    text = value.isoformat() if isinstance(value, datetime) else cell_text(value)  # type: ignore[arg-type]  # a kit value
    return f"'{text}" if text[:1] in "=+-@\t\r" and text != "–" else text
