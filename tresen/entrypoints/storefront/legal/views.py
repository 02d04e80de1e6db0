"""The legal pages, in the version that is current."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.domains.compliance.queries import NoSuchText, get_text
from tresen.entrypoints.storefront.context import locale_of
from tresen.entrypoints.storefront.freshness import per_visitor


@require_GET
@per_visitor
def legal(request: HttpRequest, kind: str) -> HttpResponse:
    """One text; 404 for one that was never written."""
    try:
        text = get_text(kind, locale=locale_of(request))
    except NoSuchText as refusal:
        raise Http404(kind) from refusal
    return render(request, "storefront/legal/page.html", {"text": text})
