"""The web server itself, with a tiny application."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from tools.ports import free_port
from tresen.operations.machine.ports import answers
from tresen.operations.machine.processes import wait_for_end
from tresen.operations.postgres.layout import CHECKOUT

LIMIT_SECONDS = 20.0


@dataclass
class Web:
    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def wait_for_answer(self) -> None:
        until = time.monotonic() + LIMIT_SECONDS
        while not answers("127.0.0.1", self.port):
            assert time.monotonic() < until, "the web server never answered"
            time.sleep(0.02)


@pytest.fixture
def web() -> Iterator[Web]:
    port = free_port()
    script = (
        "from tresen.operations.running.web import WebPlan, serve\n"
        f"serve(WebPlan(host='127.0.0.1', port={port}, workers=2, threads=2,\n"
        "    application='tresen.operations.running.tests.tiny:application'))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT, process_group=0)
    yield Web(process, port)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
