"""S12: no request makes us work without an end: 4xx, or an answer within a second of work."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security.asking import Answer, ask, one_connection
from tests.security.shop import open_shop
from tresen.entrypoints.shared.logs import redacted
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation.cards import find_cards

pytestmark = pytest.mark.django_db
WORK_SECONDS_MAX = 1.0
READ_SECONDS_MAX = 3.0
LONG = {
    "ten thousand parameters": "&".join(f"a{n}=1" for n in range(10_000)),
    "one parameter ten thousand times": "&".join(["brand=x"] * 10_000),
    "a long word": "q=" + "a" * 60_000,
    "many words": "q=" + "+".join(["tee"] * 10_000),
    "one word again and again": "q=" + "aab" * 20_000,
    "brackets": "q=" + "(" * 20_000,
    "a page far away": "page=999999999",
    "a long cursor": "cursor=" + "A" * 60_000,
    "a page of a million": "limit=1000000&page_size=1000000&per_page=1000000",
}


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Guest:
    return open_shop(monkeypatch)


def worked(ask_it: Callable[[], Answer]) -> tuple[Answer, float]:
    begun = time.process_time()
    return ask_it(), time.process_time() - begun


@pytest.mark.parametrize("name", sorted(LONG))
def test_long_queries_end_soon(guest: Guest, name: str) -> None:
    with one_connection():
        for path in ("/de/search/", "/de/search/suggestions/", "/de/", "/api/store/v1/products"):
            answer, seconds = worked(lambda path=path: ask(f"{path}?{LONG[name]}"))
            assert answer.status < 500, path
            assert seconds < WORK_SECONDS_MAX, path
            assert len(answer.body) < 2_000_000, path


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 100_000)),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 5_000_000),
        ("application/json", b"[" * 200_000),
        ("application/json", b'{"a":' * 100_000),
        ("application/json", b'{"a": ' + b"9" * 100_000 + b"}"),
        ("application/json", b" " * 5_000_000),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 50_000),
        ("multipart/form-data; boundary=" + "x" * 5_000, b"--x\r\n"),
        ("text/plain; charset=" + "u" * 500, b"x"),
    ],
)
def test_long_and_deep_bodies_end_soon(guest: Guest, kind: str, body: bytes) -> None:
    with one_connection():
        for path in (
            "/de/cart/lines/",
            "/api/store/v1/carts",
            "/webhooks/payments/demo_card",
            "/reports/csp",
        ):
            answer, seconds = worked(
                lambda path=path: ask(path, method="POST", body=body, kind=kind)
            )
            assert 400 <= answer.status < 500, (path, answer.status)
            assert seconds < WORK_SECONDS_MAX, path


def test_the_clock_would_tell(guest: Guest) -> None:
    """Control: two seconds of work are seen."""

    def work() -> Answer:
        end = time.process_time() + 1.2
        while time.process_time() < end:
            sum(range(10_000))
        return Answer(200, {}, (), b"")

    assert worked(work)[1] >= WORK_SECONDS_MAX


@settings(max_examples=30)
@given(
    st.text("0123456789 -/+.@aA\u00a0", min_size=1, max_size=12),
    st.integers(1_000, 5_000),
    st.sampled_from(["", "x", "@", "4", "+"]),
)
def test_our_expressions_read_in_time_that_grows_with_the_text(
    part: str, times: int, end: str
) -> None:
    """ReDoS: whatever is repeated, the readers of strangers' text stay quick."""
    text = part * times + end
    took = []
    for _ in range(3):  # a busy machine slows one of them, a bad expression all
        begun = time.process_time()
        find_cards(text)
        redacted(text)
        took.append(time.process_time() - begun)
    assert min(took) < READ_SECONDS_MAX
