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
from pathlib import Path

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
def web(tmp_path: Path) -> Iterator[Web]:
    port = free_port()
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("a file")
    (tmp_path / "secret.txt").write_text("a secret")
    script = (
        "from pathlib import Path\n"
        "from tresen.operations.running.web import Mount, WebPlan, serve\n"
        f"serve(WebPlan(host='127.0.0.1', port={port}, workers=2, threads=2,\n"
        f"    mounts=[Mount('/static', Path({str(folder)!r}))],\n"
        "    application='tresen.operations.running.tests.tiny:application'))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT, process_group=0)
    yield Web(process, port)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_it_answers_hands_out_files_and_keeps_to_its_folder(web: Web) -> None:
    web.wait_for_answer()

    worker = int(web.get("/"))
    file = web.get("/static/a.txt")

    assert worker != web.process.pid
    assert file == "a file"
    for way in ("/static/../secret.txt", "/static/%2e%2e/secret.txt", "/static//secret.txt"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            web.get(way)


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
