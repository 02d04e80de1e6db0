"""The guard: the one process that keeps the server, started by whoever needs it first.

`python -m tresen.operations.postgres.guard --data FOLDER`. It leaves with code ALREADY_GUARDED
when another guard is there. It starts the server, starts it again after a crash, and stops it
when nobody holds the users' lock; the kernel frees that lock however a user ends.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from tresen.operations.machine.locks import Held, alone
from tresen.operations.machine.trouble import trouble_of
from tresen.operations.postgres.account import Account, account_for
from tresen.operations.postgres.binaries import binaries_for
from tresen.operations.postgres.cluster import (
    check_cluster,
    make_cluster,
    prepare_home,
    reset_superuser,
)
from tresen.operations.postgres.configuration import Wishes, write_configuration
from tresen.operations.postgres.keys import make_missing_keys
from tresen.operations.postgres.layout import DEFAULT_PORT, SUPERUSER, Layout
from tresen.operations.postgres.postmaster import Postmaster, ServerNotStarted
from tresen.operations.postgres.state import ServerState, forget_state, write_state
from tresen.operations.words.speaking import gettext_noop as _

ALREADY_GUARDED = 3
TICK_SECONDS = 0.2
CRASHES_MAX = 5
CRASH_WINDOW_SECONDS = 60.0


@dataclass
class Guard:
    """State of one guard; `stopping` is set by SIGTERM."""

    layout: Layout
    wishes: Wishes
    stopping: bool = False

    def keep(self) -> int:
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        said = ServerState("starting", os.getpid(), self.wishes.port, tcp=self.wishes.tcp)
        write_state(self.layout, said)
        try:
            server = self._start()
        except Exception as failure:  # every reason is told to those who wait
            write_state(self.layout, _failed(said, failure))
            return 1
        write_state(self.layout, replace(said, phase="ready", server_pid=server.pid))
        if given_up := self._watch(server, said):
            write_state(self.layout, _failed(said, given_up))
            return 1
        return 0

    def _stop(self, server: Postmaster, said: ServerState) -> None:
        write_state(self.layout, replace(said, phase="stopping", server_pid=server.pid))
        server.stop()
        forget_state(self.layout)

    def _start(self) -> Postmaster:
        account = account_for(self.layout.cluster)
        prepare_home(self.layout, account)
        binaries = binaries_for(account, home=self.layout.home)
        self._prepare_cluster(account, binaries)
        write_configuration(
            self.layout.cluster, replace(self.wishes, socket=self.layout.socket.resolve())
        )
        server = Postmaster(self.layout, account, binaries)
        server.start()
        return server

    def _prepare_cluster(self, account: Account, binaries: Path) -> None:
        if not self.layout.cluster.exists():
            durable = not self.wishes.throwaway
            make_cluster(self.layout, account, binaries=binaries, durable=durable)
            return
        check_cluster(self.layout, account, binaries=binaries)
        if SUPERUSER in make_missing_keys(self.layout):
            reset_superuser(self.layout, account, binaries=binaries)

    def _watch(self, server: Postmaster, said: ServerState) -> ServerNotStarted | None:
        """Until asked to stop or no longer needed; returns why it gave up, else nothing."""
        crashes: list[float] = []
        while not self.stopping:
            if not server.wait_for_crash(TICK_SECONDS):
                if self._stopped_for_want_of_users(server, said):
                    return None
                continue
            now = time.monotonic()
            crashes = [*(at for at in crashes if now - at < CRASH_WINDOW_SECONDS), now]
            if len(crashes) > CRASHES_MAX:
                return _died_often(len(crashes))
            write_state(self.layout, said)
            try:
                server.start()
            except ServerNotStarted as failure:
                return failure
            write_state(self.layout, replace(said, phase="ready", server_pid=server.pid))
        self._stop(server, said)
        return None

    def _stopped_for_want_of_users(self, server: Postmaster, said: ServerState) -> bool:
        """The lock is held until the server is down: whoever comes now waits, and starts anew."""
        if self.layout.kept_mark.exists():
            return False
        try:
            with alone(self.layout.users_lock, wait=False):
                self._stop(server, said)
        except Held:
            return False
        return True

    def _asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _failed(said: ServerState, failure: Exception) -> ServerState:
    trouble = trouble_of(failure)
    return replace(said, phase="failed", reason=trouble.plain, note=trouble.as_note())


def _died_often(times: int) -> ServerNotStarted:
    words = _("The server died {times} times within {seconds} s.")
    return ServerNotStarted(words, times=times, seconds=round(CRASH_WINDOW_SECONDS))


def main(arguments: list[str]) -> int:
    """One guard per data folder; a throw-away one removes the folder when it leaves."""
    parser = argparse.ArgumentParser(prog="guard", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tcp-port", type=int)
    parser.add_argument("--throwaway", action="store_true")
    asked = parser.parse_args(arguments)
    layout = Layout(asked.data)
    wishes = Wishes(
        socket=layout.socket,
        port=asked.tcp_port or DEFAULT_PORT,
        tcp=asked.tcp_port is not None,
        throwaway=asked.throwaway,
    )
    try:
        with alone(layout.guard_lock, wait=False):
            code = Guard(layout, wishes).keep()
            if asked.throwaway:
                _remove(layout)
            return code
    except Held:
        return ALREADY_GUARDED


def _remove(layout: Layout) -> None:
    for folder in (layout.home.resolve(), layout.socket, layout.data):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
