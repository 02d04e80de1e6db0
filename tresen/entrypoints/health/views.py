"""Pages for machines that watch the shop. Details are for the house only."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from tresen.entrypoints.health.checks import find_all
from tresen.entrypoints.health.figures import figures
from tresen.entrypoints.shared.shield.forwarded import THROUGH_PROXY
from tresen.foundation import clock

NOT_READY = 503


@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 while people may be sent here, 503 with words and remedy while not."""
    findings = find_all(now=clock.now())
    wrong = [finding for finding in findings if not finding.good]
    closed = any(finding.closes for finding in wrong)
    body: dict[str, object] = {
        "status": "not ready" if closed else "attention" if wrong else "ready"
    }
    if _is_house(request):
        body["checks"] = [
            {
                "name": finding.name,
                "good": finding.good,
                "words": finding.words,
                "remedy": finding.remedy,
                "figure": finding.figure,
            }
            for finding in findings
        ]
    return JsonResponse(body, status=NOT_READY if closed else 200)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format."""
    if not _is_house(request):
        return HttpResponse(status=404)
    return HttpResponse(figures(now=clock.now()), content_type=CONTENT_TYPE_LATEST)


def _is_house(request: HttpRequest) -> bool:
    """From this machine and not through a proxy, or with the token of TRESEN_METRICS_TOKEN."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN.is_the_same_as(given):
        return True
    if THROUGH_PROXY in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
