"""The bare address and what cannot be found: each visitor is met in a language they read."""

from __future__ import annotations

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` goes to the language the browser asks for; never by address of the network."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404, in words and with ways on."""
    if request.path.startswith("/staff/"):
        return render(request, "shared/not_found.html", {"staff_url": "/staff/"}, status=404)
    language = request.path.lstrip("/").partition("/")[0]
    known = language if language in dict(settings.LANGUAGES) else get_language_from_request(request)
    return render(request, "shared/not_found.html", {"home_url": f"/{known}/"}, status=404)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """500: our fault, said so. Nothing of the request is used: that would ask the database."""
    return HttpResponseServerError(render_to_string("shared/failed.html"))
