"""The same for programs: a problem document with Retry-After."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from tresen.domains.security.queries.freezing import is_frozen
from tresen.entrypoints.api.store.problems import problem_of
from tresen.entrypoints.shared.frozen import READING, RETRY_SECONDS
from tresen.foundation.refusals import Refusal


class ShopFrozen(Refusal):
    """Nothing is written for a while; the header Retry-After says when to ask again."""

    code = "shop_frozen"
    status = 503
    message = "The shop takes no changes at the moment.\nPlease try again later; see Retry-After."


class FrozenApi:
    """Reading goes on, writing waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING or not is_frozen():
            return self.get_response(request)
        response = problem_of(ShopFrozen(field=""))
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
