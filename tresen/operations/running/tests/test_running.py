"""Opening and closing the shop, with small programs in the place of Django."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.ports import free_port
from tresen.operations.machine.processes import is_alive, started_at, wait_for_end
from tresen.operations.postgres.layout import CHECKOUT
from tresen.operations.running.children import (
    BACK_OFF_SECONDS_MAX,
    Child,
    pause_after,
)
from tresen.operations.running.logs import tail, turn_over
from tresen.operations.running.notice import end_leftovers, hang_notice, read_notice

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 20.0
PYTHON = sys.executable
SERVE = (
    "import http.server, sys; http.server.HTTPServer.allow_reuse_address = True;"
    "http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])),"
    " http.server.BaseHTTPRequestHandler).serve_forever()"
)
SLEEP = "import time; time.sleep(120)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(120)"
DRIVER = """
import json, os, sys
from pathlib import Path
from tresen.operations.machine.trouble import Trouble
from tresen.operations.running import shop
told = json.loads(sys.argv[1])
plan = shop.ShopPlan(data=Path(told["data"]), host="127.0.0.1", port=told["port"],
    prepare=told["prepare"], web=told["web"], worker=told["worker"],
    stop_seconds_max=1.0, environ={**os.environ, "DATABASE_URL": "postgresql://nobody@nowhere/none"})
say = lambda line: print(line, flush=True)
try:
    shop.Shop(plan, say=say, greet=lambda: say("OPEN")).run()
except Trouble as trouble:
    say(f"TROUBLE {trouble}"); sys.exit(1)
"""


@dataclass
class Run:
    """One `Shop.run` in a process of its own. DATABASE_URL keeps PostgreSQL out of it."""

    data: Path
    port: int
    process: subprocess.Popen[str]

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        seen = ""
        for line in self.process.stdout:
            seen += line
            if words in line:
                return seen
        raise AssertionError(f"{words!r} never came; it said:\n{seen}")

    def children(self) -> list[int]:
        notice = read_notice(self.data)
        return list(notice.children) if notice else []

    def ends(self) -> tuple[int, str]:
        said, _ = self.process.communicate(timeout=LIMIT_SECONDS)
        return self.process.returncode, said


class Street:
    """Opens shops, and closes whatever is still open at the end."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.runs: list[Run] = []

    def open(
        self,
        *,
        port: int | None = None,
        prepare: str = "pass",
        web: str = SERVE,
        worker: str = SLEEP,
    ) -> Run:
        port = port or free_port()
        told = {
            "data": str(self.data),
            "port": port,
            "prepare": [PYTHON, "-c", prepare],
            "web": [PYTHON, "-c", web, str(port)],
            "worker": [PYTHON, "-c", worker],
        }
        process = subprocess.Popen(
            [PYTHON, "-c", DRIVER, json.dumps(told)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=CHECKOUT,
        )
        self.runs.append(Run(self.data, port, process))
        return self.runs[-1]


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    made = Street(tmp_path / "data")
    yield made
    for run in made.runs:
        for pid in run.children():
            if is_alive(pid):
                os.killpg(pid, signal.SIGKILL)
        run.process.kill()
        run.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_shop_opens_and_closes_everything_when_asked(
    how: signal.Signals, street: Street
) -> None:
    run = street.open()
    run.read_until("OPEN")
    children = run.children()
    assert all(is_alive(pid) for pid in children)

    run.process.send_signal(how)
    code, said = run.ends()

    assert (code, len(children)) == (0, 2)
    assert "Closed." in said
    assert not any(is_alive(pid) for pid in children)
    assert read_notice(street.data) is None


def test_a_child_that_does_not_listen_is_killed_after_a_limit(street: Street) -> None:
    run = street.open(worker=STUBBORN)
    run.read_until("OPEN")
    children = run.children()

    run.process.terminate()
    code, said = run.ends()

    assert code == 0
    assert "worker process did not stop in time and was killed" in said
    assert not any(is_alive(pid) for pid in children)


def test_a_second_opening_is_refused_with_number_and_address_and_breaks_nothing(
    street: Street,
) -> None:
    first = street.open()
    first.read_until("OPEN")
    children = first.children()

    code, said = street.open().ends()

    assert code == 1
    assert f"already open by process {first.process.pid} at http://127.0.0.1:{first.port}" in said
    assert first.children() == children
    assert all(is_alive(pid) for pid in children)


def test_a_dead_child_is_told_and_started_again(street: Street) -> None:
    run = street.open(worker="import sys, time; time.sleep(0.3); sys.exit('out of paper')")
    run.read_until("OPEN")

    said = run.read_until("out of paper")

    assert "The worker process ended with code 1; it is started again." in said
    run.read_until("it is started again")
    run.process.terminate()
    assert run.ends()[0] == 0


def test_children_die_with_a_shop_that_is_killed_and_the_next_one_opens(street: Street) -> None:
    child = (
        "import os\nfrom tresen.operations.machine.parent import die_with_named_parent\n"
        "die_with_named_parent(os.environ)\n"
    )
    first = street.open(web=child + SERVE, worker=child + SLEEP)
    first.read_until("OPEN")
    children = first.children()

    first.process.kill()
    first.process.wait()

    assert all(wait_for_end(pid, within_seconds=5) for pid in children)
    second = street.open(port=first.port)
    second.read_until("OPEN")


def test_children_that_outlived_their_shop_are_ended_by_the_next_one(street: Street) -> None:
    first = street.open()  # these children do not watch their parent
    first.read_until("OPEN")
    children = first.children()
    first.process.kill()
    first.process.wait()
    assert all(is_alive(pid) for pid in children)

    second = street.open(port=first.port)
    said = second.read_until("OPEN")

    assert "an earlier run left behind" in said
    assert not any(is_alive(pid) for pid in children)


def test_a_number_that_was_given_to_somebody_else_is_left_alone(tmp_path: Path) -> None:
    other = subprocess.Popen([PYTHON, "-c", SLEEP], process_group=0)
    (tmp_path / "run").mkdir()
    hang_notice(tmp_path, address="http://x", pids=[other.pid])
    notice = tmp_path / "run" / "shop.json"
    notice.write_text(notice.read_text().replace(started_at(other.pid), "1@then"))

    ended = end_leftovers(tmp_path)

    assert ended == []
    assert is_alive(other.pid)
    other.kill()
    other.wait()


def test_a_taken_port_stops_the_opening_before_anything_starts(street: Street) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])

        code, said = street.open(port=port, prepare="print('PREPARED')").ends()

    assert code == 1
    assert f"Port {port} on 127.0.0.1 is used by another program" in said
    assert f"PORT={port + 1} make run" in said
    assert "PREPARED" not in said


def test_a_failed_preparation_opens_nothing(street: Street) -> None:
    code, said = street.open(prepare="import sys; sys.exit('the table is round')").ends()

    assert code == 1
    assert "the table is round" in said
    assert "could not be prepared" in said
    assert "OPEN" not in said


def test_a_web_server_that_never_starts_is_given_up_with_its_last_words(street: Street) -> None:
    run = street.open(web="import sys; sys.exit('no shelf')")

    code, said = run.ends()

    assert code == 1
    assert "The web server does not start." in said
    assert "no shelf" in said
    assert "OPEN" not in said


def test_pauses_grow_up_to_a_limit() -> None:
    assert [pause_after(deaths) for deaths in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert pause_after(50) == BACK_OFF_SECONDS_MAX


def test_a_big_log_is_turned_over_while_its_writer_keeps_writing(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        for number in range(6):
            writer.write(f"{number}{'x' * 20}\n".encode())
            turn_over(log, bytes_max=10)

        writer.write(b"last\n")

    assert tail(log) == "last"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "web.log",
        "web.log.1",
        "web.log.2",
        "web.log.3",
    ]
    assert tail(tmp_path / "web.log.1").startswith("5")


def test_a_child_stops_with_everything_it_started(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys, time;"
        f"child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}]);"
        "print(child.pid, flush=True); time.sleep(120)"
    )
    child = Child("web", [PYTHON, "-c", script], tmp_path / "log", dict(os.environ))
    child.start()
    until = time.monotonic() + LIMIT_SECONDS
    while not (text := tail(tmp_path / "log")) and time.monotonic() < until:
        time.sleep(0.02)

    child.stop()

    assert wait_for_end(int(text), within_seconds=5)


def test_who_writes_a_log_speaks_english_and_who_speaks_to_people_as_they_do(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRESEN_LANGUAGE", "de")
    told = "import os; print('speaks', os.environ['TRESEN_LANGUAGE'], flush=True);"

    run = street.open(prepare=told + "pass", worker=told + SLEEP)
    said = run.read_until("OPEN")
    run.process.send_signal(signal.SIGTERM)
    run.ends()

    assert "speaks de" in said
    assert "speaks en" in (street.data / "logs" / "worker.log").read_text(encoding="utf-8")
