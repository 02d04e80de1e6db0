"""Is that process still there, and is it the one we mean?"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

PROC = Path("/proc")
POLL_SECONDS = 0.02
START_TIME_FIELD = 19
"""Of /proc/PID/stat, counted from the state."""


def is_alive(pid: int) -> bool:
    """A zombie has ended; only its parent has not looked yet."""
    if pid <= 0:
        return False
    if PROC.joinpath("self").exists():
        return _state_of(pid) not in {"", "Z", "X"}
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def started_at(pid: int) -> str:
    """A mark that differs when the number is given to another process; empty when gone."""
    ticks = "".join(_stat(pid)[START_TIME_FIELD : START_TIME_FIELD + 1])
    return f"{ticks}@{_boot()}" if ticks else ""


def command_of(pid: int) -> str:
    try:
        return PROC.joinpath(str(pid), "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        pass
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def end(pid: int, *, by: signal.Signals, within_seconds: float) -> bool:
    """Send the signal and wait; True when the process has ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, by)
    return wait_for_end(pid, within_seconds=within_seconds)


def wait_for_end(pid: int, *, within_seconds: float) -> bool:
    until = time.monotonic() + within_seconds
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _boot() -> str:
    """Ticks are counted from the machine's start; another start, another count."""
    try:
        return PROC.joinpath("sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _state_of(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else ""


def _stat(pid: int) -> list[str]:
    """The fields after the name, which itself may hold spaces and brackets."""
    try:
        text = PROC.joinpath(str(pid), "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
