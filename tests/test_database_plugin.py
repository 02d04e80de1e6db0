"""The throw-away server of a test run: there when needed, gone afterwards, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tresen.operations.machine.processes import is_alive, wait_for_end
from tresen.operations.postgres.layout import CHECKOUT

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 120.0
ASK = """
import os, time, psycopg
from pathlib import Path
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.state import read_state

DATA = Path(os.environ["TRESEN_DATA"])
print("STARTED", Layout(DATA).users_lock.exists(), "IN", DATA)

def test_ask():
    with psycopg.connect(**libpq_parameters("owner", data=DATA, environ={})) as connection:
        user = connection.execute("SELECT current_user").fetchone()[0]
    state = read_state(Layout(DATA))
    print("TOLD", DATA, state.server_pid, user, flush=True)
    AFTER
"""


def start(folder: Path, after: str, *words: str) -> subprocess.Popen[str]:
    """pytest with our plugin alone, on one file."""
    folder.joinpath("test_ask.py").write_text(ASK.replace("AFTER", after))
    hidden = {"TRESEN_DATA", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID", "PYTEST_ADDOPTS"}
    environ = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "pytest", "-c", os.devnull, f"--rootdir={folder}", "-q", "-s"),
            *("-p", "tests.database_plugin", "-p", "no:django", "-p", "no:cacheprovider"),
            *(*words, str(folder / "test_ask.py")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=CHECKOUT,
        env={**environ, "PYTHONPATH": str(CHECKOUT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


def told_by(run: subprocess.Popen[str]) -> tuple[Path, int, str]:
    assert run.stdout is not None
    for line in run.stdout:
        if "TOLD" in line:
            _, data, pid, user = line[line.index("TOLD") :].split()
            return Path(data), int(pid), user
    raise AssertionError("it told nothing")


def wait_until_gone(folder: Path) -> bool:
    until = time.monotonic() + LIMIT_SECONDS
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return not folder.exists()


@pytest.mark.parametrize(("after", "code"), [("pass", 0), ("assert False", 1)])
def test_the_server_is_gone_after_a_good_and_after_a_bad_run(
    after: str, code: int, tmp_path: Path
) -> None:
    run = start(tmp_path, after)
    data, pid, user = told_by(run)
    run.communicate(timeout=LIMIT_SECONDS)

    assert (run.returncode, user) == (code, "tresen_owner")
    assert wait_for_end(pid, within_seconds=LIMIT_SECONDS)
    assert wait_until_gone(data)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_the_server_is_gone_when_the_run_is_broken_off(how: signal.Signals, tmp_path: Path) -> None:
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have muted it
    run = start(tmp_path, "time.sleep(600)")
    signal.signal(signal.SIGINT, heard)
    data, pid, _user = told_by(run)
    assert is_alive(pid)

    run.send_signal(how)
    run.communicate(timeout=LIMIT_SECONDS)

    assert wait_for_end(pid, within_seconds=LIMIT_SECONDS)
    assert wait_until_gone(data)


@pytest.mark.parametrize("words", [[], ["--collect-only"]])
def test_collecting_alone_starts_no_server(words: list[str], tmp_path: Path) -> None:
    run = start(tmp_path, "pass", *words)

    said, _ = run.communicate(timeout=LIMIT_SECONDS)

    started = not words
    assert f"STARTED {started}" in said
    folder = Path(said.partition("IN ")[2].split()[0])
    assert wait_until_gone(folder)
