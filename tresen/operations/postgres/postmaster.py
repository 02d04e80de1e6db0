"""Starting, watching and stopping the server process itself."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tresen.operations.machine.processes import (
    command_of,
    end,
    is_alive,
    started_at,
    wait_for_end,
)
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.programs import start_program
from tresen.operations.words.speaking import gettext_noop as _

RETRY_SECONDS_MAX = 10.0
"""After a `kill -9` its children and its memory need a moment to go."""
RECOVERY_SECONDS_MAX = 600.0
"""A long journal is worked through before the server is ready."""
STOP_SECONDS_MAX = 30.0
POLL_SECONDS = 0.02
LOG_TAIL_LINES = 15
REMAINS = ("shared memory block", '"postmaster.pid" already exists', "another postmaster")
"""What the server says while something of a killed one is still in its way."""
STATUS_LINE = 7


class ServerNotStarted(Trouble):
    """The server would not start; the message carries the end of its log."""


@dataclass
class Postmaster:
    """Our child, the server's first process."""

    layout: Layout
    account: Account
    binaries: Path
    ready_seconds_max: float = RECOVERY_SECONDS_MAX
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        return self._child.pid if self._child else 0

    def start(self) -> None:
        """Until it takes connections; tried again while a dead predecessor is in the way."""
        until = time.monotonic() + RETRY_SECONDS_MAX
        while True:
            end_orphan(self.layout)
            self._spawn()
            if self._becomes_ready():
                return
            if time.monotonic() > until or not self._stumbled_over_the_dead():
                raise ServerNotStarted(
                    _("PostgreSQL did not start. Its last words:\n{words}"),
                    words=log_tail(self.layout),
                )
            time.sleep(POLL_SECONDS * 10)

    def wait_for_crash(self, seconds: float) -> bool:
        """True when the server has ended by itself."""
        assert self._child is not None
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Fast: clients are sent away, everything is written down."""
        child = self._child
        if child is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(how)
            try:
                child.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                continue
            return

    def _spawn(self) -> None:
        command: list[str | Path] = [
            self.binaries / "postgres",
            "-D",
            self.layout.cluster.resolve(),
        ]
        self._child = start_program(command, self.account, log=self.layout.start_log)

    def _stumbled_over_the_dead(self) -> bool:
        said = log_tail(self.layout)
        return any(words in said for words in REMAINS)

    def _becomes_ready(self) -> bool:
        """False when the process has ended instead."""
        assert self._child is not None
        until = time.monotonic() + self.ready_seconds_max
        while self._child.poll() is None:
            noted = read_pid_file(self.layout)
            if noted.pid == self._child.pid and noted.status == "ready":
                return True
            if time.monotonic() > until:
                self.stop()
                return False
            time.sleep(POLL_SECONDS)
        return False


@dataclass(frozen=True)
class PidFile:
    pid: int = 0
    status: str = ""


def read_pid_file(layout: Layout) -> PidFile:
    """postmaster.pid: the first line is the pid, the eighth the status, padded."""
    try:
        lines = layout.pid_file.read_text(encoding="utf-8").splitlines()
        return PidFile(int(lines[0]), "".join(lines[STATUS_LINE : STATUS_LINE + 1]).strip())
    except (OSError, ValueError, IndexError):
        return PidFile()


def is_our_server(pid: int, layout: Layout) -> bool:
    """Alive, no zombie, and a server on this very folder; numbers are given out again."""
    return is_alive(pid) and str(layout.cluster.resolve()) in command_of(pid)


def end_orphan(layout: Layout) -> None:
    """A server whose guard was killed is stopped; the pid file of a dead one is taken away."""
    noted = read_pid_file(layout)
    if not noted.pid:
        return
    if not is_our_server(noted.pid, layout):
        # The server removes a dead one's file itself, but believes a zombie or a number reused.
        if started_at(noted.pid):
            layout.pid_file.unlink(missing_ok=True)
        return
    if wait_for_end(noted.pid, within_seconds=1.0):
        return
    if not end(noted.pid, by=signal.SIGINT, within_seconds=STOP_SECONDS_MAX):
        raise ServerNotStarted(
            _(
                "An older server (process {process}) on {folder} does not stop. "
                "End it with: kill -QUIT {process}"
            ),
            process=noted.pid,
            folder=layout.cluster,
        )


def log_tail(layout: Layout, *, lines: int = LOG_TAIL_LINES) -> str:
    """The end of the start log and of the newest daily log."""
    texts = [_tail(layout.start_log, lines)]
    if dailies := sorted(layout.log.glob("postgres-*.log"), key=lambda path: path.stat().st_mtime):
        texts.append(_tail(dailies[-1], lines))
    return "\n".join(text for text in texts if text)


def _tail(path: Path, lines: int) -> str:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
