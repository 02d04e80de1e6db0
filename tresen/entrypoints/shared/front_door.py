"""The bare address and what cannot be found: each visitor is met in a language they read."""

from __future__ import annotations

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
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


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form came without its token, mostly because cookies were cleared meanwhile."""
    before = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    words = {"back_url": before if is_ours else request.path}
    return HttpResponseForbidden(render_to_string("shared/form_expired.html", words))


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """500: our fault, said so. Nothing of the request is used: that would ask the database."""
    return HttpResponseServerError(render_to_string("shared/failed.html"))
