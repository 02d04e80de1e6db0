"""A list screen: `@list_screen(spec)` turns a loader of frozen rows into a whole screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tresen.entrypoints.backoffice.kit.asking import ListRefused, read_list
from tresen.entrypoints.backoffice.kit.cursors import BrokenCursor
from tresen.entrypoints.backoffice.kit.exports import csv_lines
from tresen.entrypoints.backoffice.kit.listing import list_page
from tresen.entrypoints.backoffice.kit.offering import offered_list
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.releasing import (
    is_released,
    note_taking_out,
    question_of,
    wish_url,
)
from tresen.entrypoints.backoffice.kit.shelves import shelf_of
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery, ListSpec, Row
from tresen.entrypoints.shared.stepup import ask_for_proof, is_fresh

Loader = Callable[[HttpRequest, ListQuery], Found[Row]]
View = Callable[[HttpRequest], HttpResponseBase]


def list_screen(spec: ListSpec[Row]) -> Callable[[Loader[Row]], View]:
    """The decorated function finds rows; the kit reads the address, draws, pages and exports.

    HTML by default, the list alone under HX-Request, CSV with `?format=csv`, after a step-up. An
    address that asks for what the list does not know is answered with 400 and the remedy, also
    when the loader raises ListRefused or BrokenCursor.
    """

    def screen(load: Loader[Row]) -> View:
        @require_GET
        @wraps(load)
        def view(request: HttpRequest) -> HttpResponseBase:
            try:
                asked = read_list(request.GET, spec=spec)
                if request.GET.get("format") == "csv":
                    if spec.export_needs_proof and not is_fresh(request):
                        return ask_for_proof(request)
                    if spec.personal and not is_released(request, spec.name):
                        return HttpResponseRedirect(wish_url(spec.name, question_of(request.GET)))
                    note_taking_out(request, spec)
                    return _exported(spec, asked, partial(load, request))
                return _drawn(request, spec, asked, load(request, asked))
            except ListRefused as refused:
                return _refused(request, spec, refused)
            except BrokenCursor:
                remedy = _("Start from the beginning of the list.")
                return _refused(request, spec, ListRefused(field="after", remedy=remedy))

        view.is_list_screen = True  # type: ignore[attr-defined]  # every file it gives is looked at
        return view

    return screen


def _drawn(
    request: HttpRequest, spec: ListSpec[Row], asked: ListQuery, found: Found[Row]
) -> HttpResponse:
    own = shelf_of(request).views(spec.name)
    shown = offered_list(request, spec)
    page = list_page(shown, asked=asked, found=found, sent=request.GET, own=own)
    part = "_list.html" if request.headers.get("HX-Request") else "list.html"
    return render_page(
        request,
        f"backoffice/kit/{part}",
        {"page": page, "title": spec.title},
        task=spec.task,
        crumbs=spec.crumbs,
    )


def _exported(
    spec: ListSpec[Row], asked: ListQuery, load: Callable[[ListQuery], Found[Row]]
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        csv_lines(spec, asked=asked, load=load), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{spec.name}.csv"'
    return response


def _refused(request: HttpRequest, spec: ListSpec[Row], refused: ListRefused) -> HttpResponse:
    return render_page(
        request,
        "backoffice/kit/refused.html",
        {"title": spec.title, "field": refused.field, "remedy": refused.remedy},
        task=spec.task,
        crumbs=spec.crumbs,
        status=400,
    )
