"""Programs and people come through one door and go two ways."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory

from tresen.config.wsgi import application
from tresen.entrypoints.shared.shield.headers import INERT_POLICY

pytestmark = pytest.mark.django_db
CARTS = "/api/store/v1/carts/cart_0"


@pytest.fixture(autouse=True)
def own_connection() -> Iterator[None]:
    """On the test's own connection and transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def ask(path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ: dict[str, Any] = RequestFactory().generic(method, path, headers=headers).environ
    parts = application(environ, lambda status, found: told.append((status, found)))
    body = b"".join(parts).decode()
    parts.close()  # type: ignore[attr-defined]
    ((status, found),) = told
    return int(status[:3]), dict(found), body


def test_an_answer_of_the_api_brings_no_cookie_and_tells_the_browser_what_is_forbidden() -> None:
    status, headers, _ = ask(CARTS)
    assert status == 401
    assert "Set-Cookie" not in headers
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Content-Security-Policy"] == INERT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Request-Id"]
    assert headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize(("language", "word"), [("de", "Schlüssel"), ("en", "key")])
def test_the_api_speaks_the_language_that_was_asked_for(language: str, word: str) -> None:
    _, headers, body = ask(CARTS, **{"Accept-Language": language})
    assert headers["Content-Language"] == language
    assert word in body


def test_a_foreign_host_is_refused_by_the_api_too() -> None:
    status, _, _ = ask(CARTS, Host="evil.example")
    assert status == 400


def test_what_is_not_there_is_said_without_a_session() -> None:
    status, headers, body = ask("/api/nothing")
    assert status == 404
    assert "Set-Cookie" not in headers
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["code"] == "unknown_address"


def test_what_can_be_read_can_be_asked_for_its_head() -> None:
    status, headers, _ = ask(CARTS, method="HEAD")
    like_get, known, _ = ask(CARTS)
    assert (status, headers["Content-Length"]) == (like_get, known["Content-Length"])


def test_a_method_that_is_not_known_is_told_which_are() -> None:
    status, headers, body = ask("/api/store/v1/products", method="DELETE")
    assert status == 405
    assert "GET" in headers["Allow"]
    assert json.loads(body)["code"] == "wrong_method"


def test_our_own_fault_is_a_problem_document_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("tresen.entrypoints.api.store.context.find_channel_by_key", breaks)
    status, headers, body = ask("/api/store/v1/products", **{"X-Publishable-Key": "pk_x"})
    assert status == 500
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["code"] == "our_fault"
    assert "planted" not in body


def test_pages_keep_the_whole_chain() -> None:
    status, headers, _ = ask("/staff/")
    assert status == 302
    assert "script-src" in headers["Content-Security-Policy"]


def test_while_the_database_is_away_programs_are_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection to a secret place failed")

    monkeypatch.setattr("tresen.entrypoints.api.store.context.find_channel_by_key", away)
    status, headers, body = ask("/api/store/v1/products", **{"X-Publishable-Key": "pk_x"})
    assert (status, headers["Retry-After"]) == (503, "2")
    assert json.loads(body)["code"] == "away_for_a_moment"
    assert "secret" not in body


@pytest.mark.slow
def test_the_door_opens_in_a_process_that_knows_nothing_of_django_yet() -> None:
    """As the web server loads it."""
    environ = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-c", "import tresen.config.wsgi"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
