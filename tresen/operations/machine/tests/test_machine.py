"""Processes, locks and ports of the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tresen.operations.machine.locks import Held, alone, is_held, is_shared, shared
from tresen.operations.machine.parent import PARENT_VARIABLE
from tresen.operations.machine.ports import PortTaken, answers, check_port_free
from tresen.operations.machine.processes import (
    command_of,
    end,
    is_alive,
    started_at,
    wait_for_end,
)

CHECKOUT = Path(__file__).resolve().parents[4]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print(flush=True); time.sleep(60)"
)


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "60"])


def test_a_zombie_is_dead() -> None:
    child = sleeper()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    alive = is_alive(child.pid)

    assert started_at(child.pid) != "", "it is still in the table"
    assert not alive
    child.wait()
    assert started_at(child.pid) == ""


def test_a_living_process_is_known_by_number_birth_and_command() -> None:
    child = sleeper()
    try:
        assert is_alive(child.pid)
        assert started_at(child.pid) != started_at(os.getpid())
        deadline = time.monotonic() + 20
        while "sleep 60" not in command_of(child.pid):  # it is still becoming that program
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        child.kill()
        child.wait()


def test_ending_waits_for_the_end_and_says_when_it_does_not_come() -> None:
    stubborn = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, cwd=CHECKOUT
    )
    assert stubborn.stdout is not None
    stubborn.stdout.readline()

    by_asking = end(stubborn.pid, by=signal.SIGTERM, within_seconds=0.2)
    by_force = end(stubborn.pid, by=signal.SIGKILL, within_seconds=5)

    assert (by_asking, by_force) == (False, True)
    stubborn.wait()
    stubborn.stdout.close()


def test_one_alone_or_many_together(tmp_path: Path) -> None:
    lock = tmp_path / "run" / "lock"
    assert not is_held(lock)

    with shared(lock), shared(lock):
        assert is_held(lock)
        assert is_shared(lock)
        with pytest.raises(Held), alone(lock, wait=False):
            pass
    with alone(lock, wait=False):
        assert is_held(lock)
        assert not is_shared(lock)

    assert not is_held(lock)


def test_a_lock_falls_with_its_holder_however_it_ends(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    script = (
        "import time; from pathlib import Path\n"
        "from tresen.operations.machine.locks import alone\n"
        f"with alone(Path({str(lock)!r}), wait=False): print(flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert holder.stdout is not None
    holder.stdout.readline()
    held = is_held(lock)

    holder.kill()
    holder.wait()
    holder.stdout.close()

    assert held
    assert not is_held(lock)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death")
def test_a_child_dies_with_its_named_parent_even_after_kill_9() -> None:
    grandchild = (
        "import os, time\n"
        "from tresen.operations.machine.parent import die_with_named_parent\n"
        "die_with_named_parent(os.environ); print(os.getpid(), flush=True); time.sleep(60)\n"
    )
    script = (
        "import os, subprocess, sys\n"
        f"environ = {{**os.environ, {PARENT_VARIABLE!r}: str(os.getpid())}}\n"
        f"subprocess.run([sys.executable, '-c', {grandchild!r}], env=environ)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert wait_for_end(child, within_seconds=5)


def test_a_taken_port_is_refused_with_a_remedy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])

        assert answers("127.0.0.1", port)
        with pytest.raises(PortTaken, match=f"PORT={port + 1} make run"):
            check_port_free("127.0.0.1", port)

    assert not answers("127.0.0.1", port)
    check_port_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_in_plain_words() -> None:
    with pytest.raises(Exception, match=r"203\.0\.113\.1:8000 cannot be opened"):
        check_port_free("203.0.113.1", 8000)
