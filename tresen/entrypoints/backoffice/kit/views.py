"""Keeping and dropping one's own views of a list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tresen.entrypoints.backoffice.kit.shelves import ViewRefused, shelf_of


@require_POST
def keep_view(request: HttpRequest, list_name: str) -> HttpResponse:
    """Keep the list as it stands under a name."""
    title, query = request.POST.get("title", "").strip(), request.POST.get("query", "")
    try:
        shelf_of(request).keep(list_name, title=title, query=query)
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The view «%(title)s» is kept.") % {"title": title})
    return _back(request, query)


@require_POST
def drop_view(request: HttpRequest, list_name: str) -> HttpResponse:
    """Forget one's own view; the list itself is untouched."""
    shelf_of(request).drop(list_name, name=request.POST.get("name", ""))
    return _back(request, "")


def _back(request: HttpRequest, query: str) -> HttpResponse:
    where = request.POST.get("list_url", "")
    if not url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        where = "/"
    return redirect(f"{where}?{query}" if query else where)
