"""Logs: lines of JSON that name the request and nobody else."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from tresen.entrypoints.shared import access
from tresen.entrypoints.shared.logs import BLOT, configure_logs, redact, redacted


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Logs written here, and put back to what they were."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(stream=stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    structlog.reset_defaults()
    access.close()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "secret",
    [
        "hanna.mueller+shop@example.org",
        "DE02120300000000202051",
        "DE02 1203 0000 0000 2020 51",
        "4242 4242 4242 4242",
        "4242424242424242",
        "+49 170 1234567",
        "0049 40 1234567",
        "040 1234567",
        "0170/1234567",
    ],
)
def test_what_looks_personal_is_blotted_out_wherever_it_stands(secret: str) -> None:
    event = redact(None, "info", {"event": f"for {secret}!", "deep": {"x": [1, (secret,)]}})

    assert secret not in json.dumps(event)
    assert event["event"] == f"for {BLOT}!"


@pytest.mark.parametrize(
    "name", ["password", "api_key", "Authorization", "session_id", "csrftoken", "email", "iban"]
)
def test_what_stands_under_a_secrets_name_is_blotted_out(name: str) -> None:
    event = redact(None, "info", {"event": "x", name: "harmless", "more": {name: ["harmless"]}})

    assert event == {"event": "x", name: BLOT, "more": {name: BLOT}}


@pytest.mark.parametrize(
    "words",
    [
        "ord_01k5m3v9q8z7x6w5v4t3s2r1",
        "2026-11-20T12:00:00+00:00",
        "order 1000074 line 2",
        "0191f7a4-5b3c-7def-8123-456789abcdef",
        "v 5.2.19, 19406 products, 12.34 EUR",
    ],
)
def test_ids_times_and_counts_stay_readable(words: str) -> None:
    assert redacted(words) == words


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_redaction_takes_whatever_comes(value: object) -> None:
    redacted(value)


def test_structlog_and_the_standard_library_speak_alike(out: io.StringIO) -> None:
    structlog.get_logger("a").info("worked", count=3)
    logging.getLogger("b").warning("for %s", "hanna@example.org")

    own, foreign = lines(out)
    assert (own["event"], own["count"], own["level"]) == ("worked", 3, "info")
    assert (foreign["event"], foreign["logger"], foreign["level"]) == ("for ***", "b", "warning")


def test_a_failure_is_its_class_and_its_places_without_any_value(out: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError("Key (email)=(hanna@example.org) and Ölmühle 7")

    try:
        fail()
    except ValueError:
        logging.getLogger("c").exception("broken")
        structlog.get_logger("c").exception("broken")

    text = out.getvalue()
    for line in lines(out):
        assert line["failure"] == "ValueError"
        assert str(line["places"][-1]).endswith(" fail")  # type: ignore[index]
    assert "hanna" not in text
    assert "Ölmühle" not in text


def test_django_does_not_tell_which_path_was_asked_for(out: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/de/orders/signed-token/")

    (line,) = lines(out)
    assert line["event"] == "Not Found: %s"
    assert "signed-token" not in out.getvalue()


def test_the_library_of_jobs_is_quiet_unless_asked(out: io.StringIO) -> None:
    logging.getLogger("procrastinate.worker").info("Starting job")

    assert lines(out) == []
