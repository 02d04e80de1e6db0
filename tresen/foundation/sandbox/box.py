"""The parent's side: one child for many questions, begun anew when it breaks or tarries."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, cast

from tresen.foundation.sandbox.frames import BrokenFrame, read_frame, write_frame

CHECKOUT: Final = Path(__file__).resolve().parents[3]
BEGIN_SECONDS_MAX: Final = 20.0
PATIENCE: Final = 6
"""So many times as long may a question take on a busy machine, counted by the clock on the wall."""
LOOK_SECONDS: Final = 0.1
END_SECONDS_MAX: Final = 5.0
QUESTIONS_MAX: Final = 2_000
"""Of one child: what one stranger's bytes did to it does not stay for good."""
_KEPT_NAMES: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""Of our environment; it may hold secrets."""


class SandboxUnavailable(Exception):
    """This system confines no process. Remedy: a Linux kernel with seccomp or user namespaces."""


class BoxBroke(Exception):
    """The child ended, took too long, or spoke nonsense: its question was not answered."""


class OutOfMemory(BoxBroke):
    """The question needs more memory than the child may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLimits:
    """For one question: seconds of the processor, and bytes of the child's own memory."""

    seconds: float = 5.0
    memory_bytes: int = 288_000_000


class Box:
    """Asks `worker`, a module as `child` wants it. Not for several threads at once."""

    def __init__(self, worker: str, *, limits: BoxLimits | None = None) -> None:
        self.worker = worker
        self.limits = limits or BoxLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._questions = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Of the child, 0 while there is none."""
        return self._child.pid if self._child else 0

    def ask(
        self, about: Mapping[str, object], parts: Sequence[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Raises BoxBroke, OutOfMemory, SandboxUnavailable. The answer is a stranger's word."""
        if self._questions >= QUESTIONS_MAX:
            self.close()
        child = self._child or self._begin()
        self._questions += 1
        answer, made = self._exchange(child, about, parts, seconds=self.limits.seconds)
        if answer.get("failed") == "memory":
            self.close()
            raise OutOfMemory
        return answer, made

    def close(self) -> None:
        child, self._child, self._questions = self._child, None, 0
        if child is not None:
            child.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(END_SECONDS_MAX)
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    cast("BinaryIO", pipe).close()

    def _begin(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "tresen.foundation.sandbox.child"]
        environ = {name: os.environ[name] for name in _KEPT_NAMES if name in os.environ}
        child = subprocess.Popen(  # noqa: S603  # ourselves
            [*command, self.worker, str(self.limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            process_group=0,
        )
        self._child = child
        hello, _ = self._exchange(child, None, (), seconds=BEGIN_SECONDS_MAX)
        if hello.get("confined") is not True and sys.platform == "linux":
            self.close()
            raise SandboxUnavailable
        return child

    def _exchange(
        self,
        child: subprocess.Popen[bytes],
        about: Mapping[str, object] | None,
        parts: Sequence[bytes],
        *,
        seconds: float,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The clock kills the child, so that reading from it always ends."""
        answered = threading.Event()
        threading.Thread(target=_watch, args=(child, answered, seconds), daemon=True).start()
        try:
            if about is not None:
                write_frame(cast("BinaryIO", child.stdin), about, parts)
            return read_frame(cast("BinaryIO", child.stdout))
        except (BrokenFrame, OSError) as error:
            self.close()
            raise BoxBroke from error
        finally:
            answered.set()


def _watch(child: subprocess.Popen[bytes], answered: threading.Event, seconds: float) -> None:
    began, used = time.monotonic(), _processor_seconds(child.pid)
    while not answered.wait(LOOK_SECONDS):
        late = time.monotonic() - began > seconds * PATIENCE
        if late or _processor_seconds(child.pid) - used > seconds:
            child.kill()
            return


def _processor_seconds(pid: int) -> float:
    """As the kernel counts it; 0 where it does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
