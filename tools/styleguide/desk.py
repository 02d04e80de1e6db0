"""Back office pages of the style guide, made with the kit itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory

from tools.styleguide import desk_samples as samples
from tresen.entrypoints.backoffice.kit.bulk import render_bulk_preview
from tresen.entrypoints.backoffice.kit.charts import drawn_chart
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import Crumb, Found, ListQuery


@list_screen(samples.SPEC)
def orders(_request: HttpRequest, asked: ListQuery) -> Found[samples.Order]:
    """The sample list; a search finds nothing."""
    if asked.search:
        return Found([], total=0)
    return Found(samples.ROWS[: asked.limit], next_cursor="a", total=1204)


def desk_pages() -> dict[str, str]:
    """Every sample page by its file name."""
    crumbs = samples.SPEC.crumbs
    preview = render_bulk_preview(_get(), samples.PREVIEW, task="orders", crumbs=crumbs)
    return {
        "desk-list": _html(orders(_get("?state=open&sort=-placed"))),
        "desk-empty": _html(orders(_get("?q=x"))),
        "desk-detail": _html(render_detail(_get(), samples.DETAIL)),
        "desk-form": _html(render_form(_get(), samples.form_page())),
        "desk-bulk": _html(preview),
        "desk-today": _html(_today()),
    }


def _get(query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"{samples.ORDERS_URL}{query}")
    request.session = {}  # type: ignore[assignment]
    return request


def _html(response: HttpResponseBase) -> str:
    return str(getattr(response, "content", b"").decode())


def _today() -> HttpResponseBase:
    return render_page(
        _get(),
        "guide/today.html",
        {"title": "Heute", "todos": samples.BOARD, "chart": drawn_chart(samples.CHART)},
        task="today",
        crumbs=[Crumb("Heute")],
        rail_counts={"orders": 14, "inbox": 3},
    )
