"""Refusals as problem details (RFC 9457), with stable codes and field paths."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic_core import to_json

from tresen.entrypoints.api.store.reading import BodyTooLarge, BodyUnreadable
from tresen.entrypoints.api.store.validation import field_problems
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.prepare_order import WrongDetails

PROBLEM = "application/problem+json"
log = structlog.get_logger(__name__)
DOCS = "/docs/reference/errors"


def problem(
    *, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    """One problem document."""
    body = {
        "type": f"{DOCS}#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": errors or [],
    }
    return HttpResponse(to_json(body), status=status, content_type=PROBLEM)


def problem_of(refusal: Refusal) -> HttpResponse:
    """The problem document of a refusal, in the language that was asked for."""
    parts = refusal.refusals if isinstance(refusal, WrongDetails) else [refusal]
    return problem(
        status=refusal.status,
        code=refusal.code,
        detail=text_of(refusal),
        errors=[
            {"field": part.field, "code": part.code, "detail": text_of(part)} for part in parts
        ],
    )


def text_of(refusal: Refusal) -> str:
    """The translated sentence of a refusal."""
    text = gettext(refusal.message)
    return text % refusal.params if refusal.params else text


def register(api: NinjaAPI) -> None:
    """Teach an API to answer with problem documents."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _failed)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(OperationalError, _away)


class AwayForAMoment(Refusal):
    """The database is away or too busy; nothing is lost, and repeating is safe."""

    code = "away_for_a_moment"
    status = 503
    message = "The shop is away for a moment.\nPlease try again with the same Idempotency-Key."


def _away(_request: HttpRequest, error: OperationalError | type[OperationalError]) -> HttpResponse:
    log.error("database_away", error=type(error.__cause__ or error).__name__)
    response = problem_of(AwayForAMoment())
    response["Retry-After"] = "2"
    return response


def _refused(_request: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(refusal, Refusal)
    return problem_of(refusal)


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    return problem(
        status=422,
        code="invalid",
        detail=gettext("Please check the marked fields."),
        errors=field_problems(error.errors),
    )


def _failed(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """The framework wraps what its parser raised; the refusal inside says more."""
    assert isinstance(error, HttpError)
    inside = error.__cause__
    return problem_of(inside if isinstance(inside, Refusal) else BodyUnreadable())


def _too_large(
    _request: HttpRequest, _error: RequestDataTooBig | type[RequestDataTooBig]
) -> HttpResponse:
    return problem_of(BodyTooLarge())
