"""Default deny while the shop runs: no rule, no answer; and no method that the rule leaves out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from ninja.operation import PathView

from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.policy.types import Who


class PolicyMiddleware:
    """For pages. Staff is asked for its methods behind the door: strangers learn of none.

    The API's operations know their methods themselves, and the check at the start compares them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_arguments: object
    ) -> HttpResponse | None:
        if getattr(view, "__module__", "") == PathView.__module__:
            return None
        match = request.resolver_match
        rule = find_rule(match.view_name) if match else None
        if rule is None:
            raise Http404("undeclared")
        if rule.who is not Who.STAFF and not rule.takes(request.method):
            return HttpResponseNotAllowed(sorted(rule.methods))
        return None
