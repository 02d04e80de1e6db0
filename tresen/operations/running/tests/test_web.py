"""The web server itself, with a tiny application."""

from __future__ import annotations

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tresen.operations.machine.ports import answers
from tresen.operations.machine.processes import wait_for_end
from tresen.operations.running.tests.make import LIMIT_SECONDS, Web, tiny_web


@pytest.fixture
def web() -> Iterator[Web]:
    with tiny_web() as running:
        yield running


def test_it_answers_in_a_worker_of_its_own(web: Web) -> None:
    web.wait_for_answer()

    assert int(web.get("/")) != web.process.pid


def test_it_stops_when_asked(web: Web) -> None:
    web.wait_for_answer()
    worker = int(web.get("/"))

    web.process.terminate()

    assert web.process.wait(LIMIT_SECONDS) == 0
    assert wait_for_end(worker, within_seconds=5)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death")
def test_its_workers_die_with_it_even_after_kill_9(web: Web) -> None:
    web.wait_for_answer()
    workers = {int(web.get("/")) for _ in range(20)}

    web.process.kill()
    web.process.wait()

    assert all(wait_for_end(pid, within_seconds=LIMIT_SECONDS) for pid in workers)
    assert not answers("127.0.0.1", web.port)


def test_a_worker_that_dies_is_replaced(web: Web) -> None:
    web.wait_for_answer()
    worker = int(web.get("/"))

    os.kill(worker, signal.SIGKILL)

    assert wait_for_end(worker, within_seconds=5)
    until = time.monotonic() + LIMIT_SECONDS
    seen: set[int] = set()
    while len(seen - {worker}) < 2 and time.monotonic() < until:
        with suppress(OSError, urllib.error.URLError):
            seen.add(int(web.get("/")))
    assert len(seen - {worker}) == 2
