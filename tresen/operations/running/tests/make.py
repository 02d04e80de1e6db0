"""The web server in a process of its own, with a tiny application."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tools.ports import free_port
from tresen.operations.machine.ports import answers
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


@contextmanager
def tiny_web() -> Iterator[Web]:
    """Two workers on a free port; nothing of it stays."""
    port = free_port()
    script = (
        "from tresen.operations.running.web import WebPlan, serve\n"
        f"serve(WebPlan(host='127.0.0.1', port={port}, workers=2, threads=2,\n"
        "    application='tresen.operations.running.tests.tiny:application'))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT, process_group=0)
    try:
        yield Web(process, port)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
