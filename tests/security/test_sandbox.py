"""The sandbox: whatever runs inside reaches no file, no network, no process, and ends in time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security import naughty_worker
from tresen.foundation.sandbox import box as boxes
from tresen.foundation.sandbox.box import Box, BoxBroke, BoxLimits, OutOfMemory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's confinement")
WORKER = "tests.security.naughty_worker"
EPERM = 1


@pytest.fixture
def box() -> Iterator[Box]:
    with Box(WORKER, limits=BoxLimits(seconds=1.0)) as opened:
        yield opened


@pytest.fixture
def listener() -> Iterator[tuple[str, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield f"127.0.0.1:{server.getsockname()[1]}", server


def _targets(tmp_path: Path, address: str) -> dict[str, str]:
    (tmp_path / "secret.txt").write_text("secret")
    return {
        "connect": address,
        "read": str(tmp_path / "secret.txt"),
        "write": str(tmp_path / "planted.txt"),
        "list": str(tmp_path),
        "start": "",
        "fork": "",
        "kill": str(os.getpid()),
    }


def test_nothing_gets_out_of_it(
    box: Box, tmp_path: Path, listener: tuple[str, socket.socket]
) -> None:
    targets = _targets(tmp_path, listener[0])
    told = {
        deed: box.ask({"deed": deed, "target": target}, ())[0] for deed, target in targets.items()
    }
    came_through = {deed for deed, answer in told.items() if answer.get("came_through")}
    assert came_through == set()
    assert {answer.get("errno", EPERM) for answer in told.values()} == {EPERM}
    assert not (tmp_path / "planted.txt").exists()
    with pytest.raises(TimeoutError):
        listener[1].accept()


def test_outside_the_same_deeds_succeed(
    tmp_path: Path, listener: tuple[str, socket.socket]
) -> None:
    """Control: it is the sandbox that refuses."""
    for deed, target in _targets(tmp_path, listener[0]).items():
        answer, _ = naughty_worker.answer({"deed": deed, "target": target}, ())
        assert answer["came_through"], deed


def test_it_knows_nothing_of_our_environment(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRESEN_STRIPE_SECRET_KEY", "canary")
    names = box.ask({"deed": "environment"}, ())[0]["told"].split()
    assert not [name for name in names if name.startswith(("TRESEN", "DJANGO"))]


def test_too_much_memory_is_told_and_the_next_question_is_answered(box: Box) -> None:
    with pytest.raises(OutOfMemory):
        box.ask({"deed": "hog"}, ())
    assert box.ask({"deed": "nothing"}, ())[0]["came_through"]


@pytest.mark.parametrize("deed", ["spin", "die", "segfault"])
def test_what_never_ends_or_dies_is_ended_and_the_next_question_is_answered(
    box: Box, deed: str
) -> None:
    box.ask({"deed": "nothing"}, ())
    before, began = box.pid, time.monotonic()
    with pytest.raises(BoxBroke):
        box.ask({"deed": deed}, ())
    assert time.monotonic() - began < 10
    assert box.ask({"deed": "nothing"}, ())[0]["came_through"]
    assert box.pid != before


def test_what_waits_is_ended_by_the_clock_on_the_wall(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "PATIENCE", 1)
    with pytest.raises(BoxBroke):
        box.ask({"deed": "sleep"}, ())


def test_what_a_library_prints_is_no_answer(box: Box) -> None:
    assert box.ask({"deed": "babble"}, ())[0] == {"came_through": True, "told": "babbled"}
    assert box.ask({"deed": "nothing", "bytes": 70_000}, ())[1] == [b"x" * 70_000]


def test_one_child_answers_many_questions_but_not_for_ever(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "QUESTIONS_MAX", 5)
    children = set()
    for _ in range(7):
        box.ask({"deed": "nothing"}, ())
        children.add(box.pid)
    assert len(children) == 2


def test_it_ends_with_its_block_and_with_its_parent() -> None:
    with Box(WORKER) as opened:
        opened.ask({"deed": "nothing"}, ())
        child = opened.pid
    assert not Path(f"/proc/{child}").exists()
    program = (
        "import os, sys; from tresen.foundation.sandbox.box import Box;"
        f"box = Box({WORKER!r}); box.ask({{'deed': 'nothing'}}, ());"
        "print(box.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    orphan = Path(f"/proc/{int(told.stdout)}")
    deadline = time.monotonic() + 5
    while orphan.exists() and "Z" not in (orphan / "stat").read_text().split()[2]:
        assert time.monotonic() < deadline, "it outlived its parent"
        time.sleep(0.05)
