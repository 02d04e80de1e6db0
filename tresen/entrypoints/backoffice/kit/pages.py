"""Draws a back office page: the rail, the way here, and what the screen hands over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tresen.entrypoints.backoffice.kit.rail import rail_items
from tresen.entrypoints.backoffice.kit.types import Crumb


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    task: str,
    crumbs: Sequence[Crumb] = (),
    rail_counts: Mapping[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Any template that extends `backoffice/base.html`; partials go through it unharmed."""
    if not request.headers.get("HX-Request"):
        context = {
            **context,
            "rail": rail_items(request, counts=rail_counts),
            "task": task,
            "crumbs": crumbs,
        }
    return render(request, template, dict(context), status=status)
