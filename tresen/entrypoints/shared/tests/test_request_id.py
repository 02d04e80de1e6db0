"""Every answer carries the id of its request, every line of the log too."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from structlog.contextvars import get_contextvars

from tresen.entrypoints.shared import access, metrics
from tresen.entrypoints.shared.request_id import HEADER, RequestIdMiddleware

seen: list[dict[str, object]] = []


def answer(request: HttpRequest) -> HttpResponse:
    seen.append(get_contextvars())
    request.resolver_match = ResolverMatch(
        answer, (), {"token": "secret-token"}, url_name="order", route="de/orders/<str:token>/"
    )
    return HttpResponse(status=201)


def nothing_there(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=404)


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    access.open(stream)
    seen.clear()
    yield stream
    access.close()


def ask(view: object = answer, **headers: Any) -> HttpResponse:
    request = RequestFactory().get("/de/orders/secret-token/?email=hanna@example.org", **headers)
    response = RequestIdMiddleware(view)(request)  # type: ignore[arg-type]
    assert isinstance(response, HttpResponse)
    return response


def test_a_request_without_an_id_is_given_one(out: io.StringIO) -> None:
    first, second = ask().headers[HEADER], ask().headers[HEADER]

    assert first != second
    assert len(first) == 16


def test_an_id_that_was_given_is_kept(out: io.StringIO) -> None:
    response = ask(HTTP_X_REQUEST_ID="edge-0123456789")

    assert response.headers[HEADER] == "edge-0123456789"
    assert seen == [{"request_id": "edge-0123456789"}]


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, 'a"b,"level":"x12345', "a b c d e f g h", "id\n12345678"]
)
def test_an_id_that_could_harm_a_log_is_replaced(out: io.StringIO, given: str) -> None:
    response = ask(HTTP_X_REQUEST_ID=given)

    assert response.headers[HEADER] != given
    assert len(response.headers[HEADER]) == 16


def test_the_id_does_not_stay_for_the_next_request_of_the_thread(out: io.StringIO) -> None:
    ask()

    assert get_contextvars() == {}


def test_the_access_line_names_the_route_and_nobody(out: io.StringIO) -> None:
    ask(HTTP_X_REQUEST_ID="edge-0123456789", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Hanna's")

    line = json.loads(out.getvalue())
    assert line.pop("timestamp")
    assert line.pop("ms") >= 0
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "edge-0123456789",
        "method": "GET",
        "route": "order",
        "status": 201,
    }


def test_a_path_that_leads_nowhere_is_not_told(out: io.StringIO) -> None:
    ask(nothing_there)

    assert json.loads(out.getvalue())["route"] == "unknown"


def test_requests_are_counted_by_route_method_and_status(out: io.StringIO) -> None:
    def counted() -> float:
        return float(metrics.REQUESTS.labels("order", "GET", "201")._value.get())

    before = counted()
    ask()

    assert counted() == before + 1


def test_a_method_of_somebodys_own_does_not_become_a_label(out: io.StringIO) -> None:
    request = RequestFactory().generic("HANNA", "/")

    RequestIdMiddleware(nothing_there)(request)

    assert json.loads(out.getvalue())["method"] == "OTHER"
