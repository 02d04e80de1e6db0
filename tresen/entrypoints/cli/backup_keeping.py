"""Running the keeper: as a child of the shop, or for the time of one errand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

from tresen.foundation import clock
from tresen.operations.backup.keeper import Keeper
from tresen.operations.backup.notes import read_lines
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.timetable import Errand
from tresen.operations.backup.wishing import WishFailed, wait_for
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.parent import PARENT_VARIABLE
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import CHECKOUT
from tresen.operations.postgres.server import using_server
from tresen.operations.words.speaking import gettext

DRILL_SECONDS_MAX = 24 * 3600.0
START_SECONDS_MAX = 30.0


def keep(places: BackupPlaces) -> int:
    """Until SIGTERM or Ctrl-C."""
    with using_server(places.data, environ=os.environ, say=_say):
        keeper = _keeper(places)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: keeper.stopping.set())
        keeper.keep()
    return 0


def run_keeper_for(places: BackupPlaces, errand: Errand) -> None:
    """A keeper of our own, until the errand is done. Raises WishFailed."""
    with using_server(places.data, environ=os.environ, say=_say):
        keeper = _keeper(places)
        keeper.only = errand
        answers: list[Trouble] = []

        def wait() -> None:
            try:
                _wait_for_keeper(places)
                wait_for(places, errand)
            except Trouble as trouble:
                answers.append(trouble)
            finally:
                keeper.stopping.set()

        places.wishes.mkdir(parents=True, exist_ok=True)
        (places.wishes / errand).touch()
        waiter = threading.Thread(target=wait, daemon=True)
        waiter.start()
        keeper.keep()
        waiter.join()
        if answers:
            raise answers[0]


def _keeper(places: BackupPlaces) -> Keeper:
    return Keeper(
        places,
        os.environ,
        clock=clock.now,
        drill=lambda: _drill_apart(places),
        say=_say,
    )


def _wait_for_keeper(places: BackupPlaces) -> None:
    pause = threading.Event()
    for _ in range(int(START_SECONDS_MAX * 10)):
        if is_held(places.keeper_lock):
            return
        pause.wait(0.1)
    raise WishFailed(gettext("The keeper of the backups did not start."))


def _drill_apart(places: BackupPlaces) -> str:
    """In a process of its own: its memory, its server and its faults are not the keeper's."""
    told = subprocess.run(  # ourselves
        [
            "/usr/bin/env",
            "nice",
            sys.executable,
            "-m",
            "tresen",
            "backup",
            "drill",
        ],  # visitors come first
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DRILL_SECONDS_MAX,
        check=False,
        cwd=CHECKOUT,
        env={
            **os.environ,
            PARENT_VARIABLE: str(os.getpid()),
            "TRESEN_DATA": str(places.data),
        },
    )
    if told.returncode == 0:
        return ""
    proofs = read_lines(places.proofs)
    noted = str(proofs[-1].get("failure", "")) if proofs else ""
    return noted or told.stderr.strip()[-500:] or f"it ended with code {told.returncode}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
