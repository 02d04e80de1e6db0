"""The store API does what its OpenAPI document says, whatever is sent; and the harness can fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.api.harness import DOCUMENT, App, examine
from tresen.entrypoints.api.store.tests.make import Desk, Program, desk, new_cart, placed
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import KEY, NOON
from tresen.workflows.listing.rebuild import rebuild_missing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINES_ONLY = frozenset({"addLine"})


@pytest.fixture
def truths(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Ids that exist: a cart, an article, an order's token."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    opened: Desk = desk(pieces=100_000)
    rebuild_missing(clock=lambda: NOON)
    program = opened.program
    return {
        "cart": new_cart(program),
        "token": placed(program),
        "variant": opened.tea,
        "sku": "TEA",
        "slug": "tee",
        "country": "DE",
        "postcode": "22765",
        "email": "erika@example.com",
        "code": "parcel-de",
        "method": "demo_card",
        "return_url": "https://front.example/",
        "cancel_url": "",
    }


@pytest.fixture
def application(truths: dict[str, str]) -> Iterator[App]:
    """The whole application, on the test's own connection and transaction.

    After `truths`: the test client that it uses connects these signals again.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


def test_the_document_is_open_api_3_1_and_names_every_operation_once(db: None) -> None:
    document = Program().client.get(DOCUMENT).json()

    operations = [one for path in document["paths"].values() for one in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert document["openapi"] == "3.1.0"
    assert len(ids) == len(set(ids))
    assert all(
        [one["name"] for one in operation["parameters"]].count("Accept-Language") == 1
        for operation in operations
    )
    assert {"listProducts", "createCart", "addLine", "placeOrder", "getOrder"} <= set(ids)


def test_every_answer_is_as_documented(application: App, truths: dict[str, str]) -> None:
    found = examine(application, key=KEY, truths=truths)

    assert found.failures == []
    assert {200, 201, 404, 422} <= set(found.statuses)
    assert found.statuses[200] + found.statuses[201] > 100


def test_control_an_error_on_large_quantities_is_found(
    application: App, truths: dict[str, str]
) -> None:
    found = examine(_failing_on_much(application), key=KEY, truths=truths, only=LINES_ONLY)

    assert any("Server error" in failure for failure in found.failures), found


def test_control_a_field_of_another_type_is_found(application: App, truths: dict[str, str]) -> None:
    found = examine(_counting_in_words(application), key=KEY, truths=truths, only=LINES_ONLY)

    assert any("schema" in failure for failure in found.failures), found


def _failing_on_much(app: App) -> App:
    """A copy of the API with a bug: more than 500 pieces are too much for it."""

    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(raw)
        body = _json(raw)
        quantity = body.get("quantity") if isinstance(body, dict) else None
        if isinstance(quantity, int) and quantity > 500:
            start("500 Internal Server Error", [("Content-Type", "application/json")])
            return [b"{}"]
        return app(environ, start)

    return broken


def _counting_in_words(app: App) -> App:
    """A copy of the API with a bug: the number of pieces is a text."""

    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        kept: list[Any] = []
        answer = app(environ, lambda *args: kept.append(args))
        raw = b"".join(answer)
        body = _json(raw)
        if isinstance(body, dict) and "count" in body:
            raw = json.dumps(body | {"count": str(body["count"])}).encode()
        status, headers = kept[0][:2]
        start(status, [(n, v) for n, v in headers if n.lower() != "content-length"])
        return [raw]

    return broken


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
