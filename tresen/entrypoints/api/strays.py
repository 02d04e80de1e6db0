"""Answers below /api/ that no operation gave: unknown addresses, wrong methods, our own faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tresen.entrypoints.api.store.problems import PROBLEM, problem_of
from tresen.foundation.refusals import Refusal

_BELOW: Final = "/api/"
_WRONG: Final = 400


class UnknownAddress(Refusal):
    """Nothing answers at this path."""

    code = "unknown_address"
    status = 404
    message = "There is nothing at this address.\nThe OpenAPI document names what there is."


class WrongMethod(Refusal):
    """The path is known, the method is not; `Allow` names those that are."""

    code = "wrong_method"
    status = 405
    message = "This address does not know that method.\nThe header Allow names those it knows."


class OurFault(Refusal):
    """A fault of the server; repeating with the same Idempotency-Key is safe."""

    code = "our_fault"
    status = 500
    message = "This went wrong on our side.\nPlease try again with the same Idempotency-Key."


class BadRequest(Refusal):
    """The request could not be read at all."""

    code = "bad_request"
    status = 400
    message = "This request cannot be read.\nPlease check its address and headers."


_KINDS: Final = {kind.status: kind for kind in (UnknownAddress, WrongMethod, OurFault)}


class StrayProblems:
    """Middleware: makes problem documents (RFC 9457) of what else would be a page for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < _WRONG or not request.path_info.startswith(_BELOW):
            return response
        if response.headers.get("Content-Type") == PROBLEM:
            return response
        return _told(response)


def _told(response: HttpResponseBase) -> HttpResponseBase:
    told = problem_of(_KINDS.get(response.status_code, BadRequest)())
    told.status_code = response.status_code
    if allowed := response.headers.get("Allow"):
        told["Allow"] = allowed
    return told
