"""A child process of the shop: started, started again when it dies, ended within a limit."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tresen.operations.machine.parent import PARENT_VARIABLE

BACK_OFF_SECONDS_FIRST = 0.5
BACK_OFF_SECONDS_MAX = 30.0
STEADY_SECONDS = 60.0
"""A child that lived this long starts again without waiting."""
STOP_SECONDS_MAX = 10.0
KILLED_SECONDS_MAX = 5.0


@dataclass
class Child:
    """It leads a process group of its own, so that nothing below it is forgotten."""

    name: str
    command: Sequence[str]
    log: Path | None
    """None: it speaks on our own output."""
    environ: Mapping[str, str]
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _begun: float = field(default=0.0, init=False)
    _not_before: float = field(default=0.0, init=False)

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def start(self) -> None:
        with ExitStack() as opened:
            output = None
            if self.log:
                self.log.parent.mkdir(parents=True, exist_ok=True)
                output = opened.enter_context(self.log.open("ab"))
            self._process = subprocess.Popen(  # noqa: S603  # ourselves
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                env={**self.environ, PARENT_VARIABLE: str(os.getpid())},
                process_group=0,
            )
        self._begun = time.monotonic()

    def revive(self) -> int | None:
        """Start it again when it died and its pause is over; returns the code of a new death."""
        if self._process is None:
            if time.monotonic() >= self._not_before:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        self._bury()
        return code

    def wait(self, seconds: float) -> int | None:
        """The code when it has ended by itself, else None."""
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def ask_to_stop(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def stop(self, *, seconds_max: float = STOP_SECONDS_MAX) -> bool:
        """True when it went by itself; else its whole group was killed."""
        if self._process is None:
            return True
        self.ask_to_stop()
        went = self.wait(seconds_max) is not None
        end_group(self._process.pid)
        self.wait(KILLED_SECONDS_MAX)
        self._process = None
        return went

    def _bury(self) -> None:
        assert self._process is not None
        end_group(self._process.pid)
        self._process = None
        lived = time.monotonic() - self._begun
        self.deaths = 1 if lived >= STEADY_SECONDS else self.deaths + 1
        self._not_before = time.monotonic() + pause_after(self.deaths)


def pause_after(deaths: int) -> float:
    """Twice as long each time, up to a limit."""
    assert deaths > 0
    return float(min(BACK_OFF_SECONDS_MAX, BACK_OFF_SECONDS_FIRST * 2 ** (deaths - 1)))


def end_group(leader: int) -> None:
    """Whoever is left of the group goes at once."""
    assert leader != 0, "that would be our own group"
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
