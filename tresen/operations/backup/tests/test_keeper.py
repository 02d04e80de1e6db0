"""The keeper as `tresen run` starts it: killed, asked, out of disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tresen.foundation import clock
from tresen.operations.backup.keystore import list_keystores
from tresen.operations.backup.manifests import list_manifests
from tresen.operations.backup.notes import read_note
from tresen.operations.backup.status import status_of_backups
from tresen.operations.backup.target import FolderTarget
from tresen.operations.backup.tests.make import Bench, opened, sales, sell, wait_until
from tresen.operations.backup.wishing import NoKeeper, leave_wish, wait_for
from tresen.operations.machine.locks import is_held
from tresen.operations.postgres.layout import CHECKOUT

pytestmark = pytest.mark.slow


@contextmanager
def keeping(bench: Bench, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process, up and following."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tresen", "backup", "keep"],
        cwd=CHECKOUT,
        env={**os.environ, "TRESEN_DATA": str(bench.data), "DATABASE_URL": "", **environ},
    )
    try:
        wait_until(lambda: bool(read_note(bench.places.status).get("until")))
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _reached(bench: Bench, moment: datetime) -> bool:
    until = status_of_backups(bench.places, now=moment).until
    return until is not None and until > moment


@pytest.mark.drill
def test_a_killed_keeper_goes_on_where_it_was_and_every_sale_comes_back(bench: Bench) -> None:
    with bench.running() as shop:
        with keeping(bench) as process:
            leave_wish(bench.places, "backup")
            wait_for(bench.places, "backup")
            sell(shop, 0, 50)
            process.kill()
            process.wait()
        sell(shop, 50, 50)
        with pytest.raises(NoKeeper):
            leave_wish(bench.places, "backup")
        with keeping(bench):
            sell(shop, 100, 50)
            moment = clock.now()
            sell(shop, 150, 1)
            wait_until(lambda: _reached(bench, moment))
            chains = {one.chain for one in list_manifests(bench.target)}

    restored = bench.restore("latest")

    assert len(chains) == 1
    with opened(restored) as copy:
        assert set(range(150)) <= sales(copy)


def test_an_erasure_reaches_the_target_within_seconds_and_asks_for_a_key_store(
    bench: Bench,
) -> None:
    with bench.running(), keeping(bench):
        wait_until(lambda: bool(list_keystores(bench.target)))
        before = len(list_keystores(bench.target))
        line = {"subject": "a", "classes": [], "at": "2026-11-26T12:00:00+00:00"}

        bench.places.erasures.write_text(json.dumps(line) + "\n")

        wait_until(lambda: bool(bench.target.names("erasures")))
        wait_until(lambda: len(list_keystores(bench.target)) > before)


@pytest.mark.drill
def test_the_drill_is_run_in_a_process_of_its_own_and_told(bench: Bench) -> None:
    with bench.running() as shop, keeping(bench):
        sell(shop, 0, 5)
        leave_wish(bench.places, "backup")
        wait_for(bench.places, "backup")
        leave_wish(bench.places, "drill")
        wait_for(bench.places, "drill")

        status = status_of_backups(bench.places, now=clock.now())

    proof = status.last_proof
    assert proof is not None
    assert (proof.held, proof.failure) == (True, "")
    assert proof.lost_seconds is not None
    assert proof.lost_seconds < 30
    assert not {"failing", "proof_failed", "backup_old", "lagging"} & set(status.alarms)


def test_orders_go_on_when_the_target_cannot_be_written_and_the_alarm_is_raised(
    bench: Bench, tmp_path: Path
) -> None:
    """Synchronous: a commit waits for the target, but not for a target that is gone."""
    tmp_path.chmod(0o755)
    place = tmp_path / "target"
    with (
        bench.running() as shop,
        keeping(bench, TRESEN_BACKUP_TO=str(place), TRESEN_BACKUP_SYNCHRONOUS="1"),
    ):
        wait_until(bench.is_waited_for)
        sell(shop, 0, 20)
        place.rename(tmp_path / "moved")
        place.write_text("no folder any more")
        shop.execute("SET statement_timeout = '20s'")

        sell(shop, 20, 5)

        wait_until(lambda: "cannot be written" in read_note(bench.places.status)["trouble"])
        place.unlink()
        wait_until(lambda: read_note(bench.places.status)["trouble"] == "")
        assert FolderTarget(place).names("wal")


def test_a_commit_does_wait_for_a_keeper_that_is_only_slow(bench: Bench) -> None:
    """The control of waiting: stopped in its tracks, the keeper holds commits back."""
    done = threading.Event()

    def sell_one() -> None:
        shop.execute("INSERT INTO sale VALUES (99, 'waits')")
        done.set()

    with bench.running() as shop, keeping(bench, TRESEN_BACKUP_SYNCHRONOUS="1") as process:
        wait_until(bench.is_waited_for)
        sell(shop, 0, 3)
        seller = threading.Thread(target=sell_one, daemon=True)
        os.kill(process.pid, signal.SIGSTOP)
        try:
            seller.start()
            waited = not done.wait(1.5)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        seller.join(20)
        assert waited
        assert done.is_set()
    assert not is_held(bench.places.keeper_lock)
