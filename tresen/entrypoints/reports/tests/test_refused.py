"""Reports of refused scripts are counted; nothing of a person and no flood comes through."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from tresen.entrypoints.reports import views

pytestmark = pytest.mark.django_db

SECRET = "https://shop.example/de/orders/eyJzZWNyZXQiOiJ0b2tlbiJ9/?email=erika@example.com"


def _report(blocked: str = "https://evil.example/skim.js?card=4111111111111111") -> object:
    return {
        "csp-report": {
            "document-uri": SECRET,
            "blocked-uri": blocked,
            "effective-directive": "script-src-elem",
            "script-sample": "fetch('/steal')",
        }
    }


def _counted(what: str = "script-src-elem") -> float:
    return REGISTRY.get_sample_value("tresen_csp_refused_total", {"what": what}) or 0.0


def _send(client: Client, body: object, kind: str = "application/csp-report") -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/reports/csp", content, content_type=kind).status_code


@pytest.fixture(autouse=True)
def _silence_over() -> None:
    views._TOLD.update(since=-1e9, count=0.0)


def test_a_report_is_counted_and_tells_only_the_directive_and_the_host(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    before = _counted()

    with caplog.at_level(logging.WARNING):
        assert _send(client, _report()) == 204

    assert _counted() == before + 1
    (record,) = (one for one in caplog.records if one.name == views.__name__)
    told = vars(record)
    assert (told["directive"], told["host"]) == ("script-src-elem", "evil.example")
    said = str(told)
    assert not any(word in said for word in ("erika", "eyJ", "4111", "steal", "/skim"))


def test_the_new_form_is_read_too(client: Client) -> None:
    before = _counted("script-src")
    body = {"effectiveDirective": "script-src", "blockedURL": "inline", "documentURL": SECRET}

    assert _send(client, [{"type": "csp-violation", "body": body}] * 40) == 204

    assert _counted("script-src") == before + views.REPORTS_MAX


def test_unknown_directives_are_one_figure(client: Client) -> None:
    before = _counted("other")
    for word in ("<b>", "x" * 400, "script-src injected"):
        assert _send(client, {"csp-report": {"effective-directive": word}}) == 204
    assert _counted("other") == before + 2  # the third begins with a directive that is known


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[" * 9_000, 400), (b"\xff\xfe", 400), (b" " * 20_000, 413), (b"17", 204)],
)
def test_what_is_no_report_is_refused(client: Client, body: bytes, status: int) -> None:
    assert _send(client, body) == status


def test_a_flood_is_counted_but_hardly_told(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            _send(client, [_report()] * 10)
    told = [one for one in caplog.records if one.name == views.__name__]
    assert len(told) == views.TOLD_MAX


def test_only_a_message_is_taken(client: Client) -> None:
    assert client.get("/reports/csp").status_code == 405
