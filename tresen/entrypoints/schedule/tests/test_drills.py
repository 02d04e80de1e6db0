"""Drills with a real worker, killed in the middle (D4): nothing is lost, nothing happens twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tresen.domains.conversations.commands import hold_abandoned, queue_letter
from tresen.domains.conversations.rules import SENDING_MAX
from tresen.domains.conversations.types import LetterKind
from tresen.foundation import clock, sql
from tresen.foundation.ids import new_id
from tresen.foundation.journal.models import Delivery
from tresen.workflows.reactions.tests.make import light
from tresen.workflows.reactions.tests.test_deliver import lit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SECONDS_MAX = 40.0


@contextmanager
def worker(folder: Path, *, cut: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own; whatever happens, it does not stay."""
    (folder / "started").unlink(missing_ok=True)
    environ = os.environ | {
        "DRILL_DATABASE": str(connection.settings_dict["NAME"]),
        "DRILL_FOLDER": str(folder),
        "DRILL_CUT": cut,
        "DJANGO_SETTINGS_MODULE": "tresen.config.settings",
    }
    module = "tresen.entrypoints.schedule.tests.drill_worker"
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", module], env=environ, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(done: Callable[[], object], folder: Path) -> None:
    end = time.monotonic() + SECONDS_MAX
    while not done():
        assert time.monotonic() < end, (folder / "log").read_text()[-3000:]
        time.sleep(0.05)


def letters() -> list[str]:
    return [str(row[0]) for row in sql.rows("SELECT state FROM conversations_letter")]


def all_heard() -> bool:
    heard = Delivery.objects.exclude(heard_at=None).count()
    return heard == Delivery.objects.count() > 0


def test_a_worker_killed_between_effect_and_mark_repeats_nothing_and_loses_nothing(
    tmp_path: Path,
) -> None:
    light("a", "b", "c")
    with worker(tmp_path, cut="effect") as killed:
        wait_until(lambda: killed.poll() is not None, tmp_path)
    assert killed.returncode == -signal.SIGKILL

    with worker(tmp_path):
        wait_until(all_heard, tmp_path)

    assert sorted(lit()) == ["a", "b", "c"]


def test_control_a_mark_outside_the_transaction_repeats_the_effect(tmp_path: Path) -> None:
    light("a")
    with worker(tmp_path, cut="mark") as killed:
        wait_until(lambda: killed.poll() is not None, tmp_path)
    assert killed.returncode == -signal.SIGKILL

    with worker(tmp_path, cut="mark"):
        wait_until(all_heard, tmp_path)

    assert lit() == ["a", "a"]


@pytest.mark.drill
def test_a_worker_killed_after_the_talk_leaves_one_letter_and_a_held_one(tmp_path: Path) -> None:
    for key in ("a", "b"):
        queue_letter(
            key=key,
            kind=LetterKind.REFUND_MADE,
            locale="de",
            recipient="hanna@example.org",
            payload={},
            person_id=new_id(),
            now=clock.now(),
        )
    with worker(tmp_path, cut="letter") as killed:
        wait_until(lambda: killed.poll() is not None, tmp_path)

    with worker(tmp_path):
        wait_until(lambda: "sent" in letters(), tmp_path)
    hold_abandoned(now=clock.now() + SENDING_MAX + timedelta(seconds=1))

    carried = (tmp_path / "mail").read_text().split()
    assert len(carried) == len(set(carried)) == 2
    assert sorted(letters()) == ["held", "sent"]


@pytest.mark.drill
def test_a_worker_that_is_asked_to_stop_ends_its_job_first(tmp_path: Path) -> None:
    light("slow", "next")
    with worker(tmp_path) as stopped:
        wait_until((tmp_path / "glowing").exists, tmp_path)
        stopped.terminate()
        code = stopped.wait(timeout=SECONDS_MAX)

    assert code == 0
    assert lit() == ["slow"]

    with worker(tmp_path):
        wait_until(all_heard, tmp_path)
    assert lit() == ["slow", "next"]
