"""Using the server: start it where it is not running, share it where it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tresen.operations.machine.locks import is_held, is_shared, shared
from tresen.operations.machine.processes import end, is_alive
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.guard import ALREADY_GUARDED
from tresen.operations.postgres.layout import CHECKOUT, Layout, asked_port
from tresen.operations.postgres.postmaster import (
    RECOVERY_SECONDS_MAX,
    STOP_SECONDS_MAX,
    ServerNotStarted,
    log_tail,
)
from tresen.operations.postgres.provision import provision
from tresen.operations.postgres.state import ServerState, forget_state, read_state
from tresen.operations.words.speaking import gettext
from tresen.operations.words.speaking import gettext_noop as _

POLL_SECONDS = 0.02
GUARD_LOG = "postgres.guard.log"
PATIENCE_SECONDS = 5.0
"""After this long a start is worth a word to whoever waits."""


@dataclass(frozen=True)
class Status:
    """As `tresen db status` tells it."""

    running: bool
    state: ServerState | None
    in_use: bool
    kept: bool


class RestoreUnfinished(Trouble):
    """A restore into this folder did not get to its end; nothing may be built on it."""


class StillInUse(Trouble):
    """Somebody works with the server; it is not taken away from them."""


@contextmanager
def using_server(
    data: Path,
    *,
    environ: Mapping[str, str],
    throwaway: bool = False,
    say: Callable[[str], None] = lambda _line: None,
) -> Iterator[ServerState | None]:
    """The server runs inside this block. Nothing is started where DATABASE_URL names another."""
    if is_external(environ):
        yield None
        return
    layout = Layout(data)
    if layout.restore_mark.exists():
        raise RestoreUnfinished(
            _(
                "The restore into {folder} did not pass all of its checks, so no shop is opened "
                "on it. Remove the folder and restore again, into a new one: tresen restore --help"
            ),
            folder=data,
        )
    with shared(layout.users_lock):
        state = ensure_running(layout, environ=environ, throwaway=throwaway, say=say)
        provision(layout, port=state.port, throwaway=throwaway)
        yield state


def ensure_running(
    layout: Layout,
    *,
    environ: Mapping[str, str],
    throwaway: bool = False,
    say: Callable[[str], None] = lambda _line: None,
) -> ServerState:
    """Start a guard where there is none, and wait until its server takes connections."""
    begun = time.monotonic()
    guard: subprocess.Popen[bytes] | None = None
    told = False
    while time.monotonic() - begun < RECOVERY_SECONDS_MAX:
        if guard is None and not is_held(layout.guard_lock):
            guard = start_guard(layout, environ=environ, throwaway=throwaway)
        state = _current(layout, guard)
        if state and state.phase == "ready":
            return state
        if state and state.phase == "failed":
            raise ServerNotStarted(state.told)
        if guard is not None and guard.poll() is not None:
            _judge(guard.returncode, layout)
            guard = None
        if not told and time.monotonic() - begun > PATIENCE_SECONDS:
            say(gettext("The database takes its time: a slow disk, or the recovery after a crash."))
            told = True
        time.sleep(POLL_SECONDS)
    words = _("PostgreSQL took too long. Its last words:\n{words}")
    raise ServerNotStarted(words, words=log_tail(layout))


def start_guard(
    layout: Layout, *, environ: Mapping[str, str], throwaway: bool = False
) -> subprocess.Popen[bytes]:
    """In a session of its own: it must outlive whoever started it, if others use the server."""
    layout.run.mkdir(parents=True, exist_ok=True)
    forget_state(layout)
    port = asked_port(environ)
    command = [
        sys.executable,
        "-m",
        "tresen.operations.postgres.guard",
        f"--data={layout.data}",
        *([f"--tcp-port={port}"] if port else []),
        *(["--throwaway"] if throwaway else []),
    ]
    with layout.run.joinpath(GUARD_LOG).open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # ourselves
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )


def status_of(data: Path) -> Status:
    layout = Layout(data)
    running = is_held(layout.guard_lock)
    state = read_state(layout)
    in_use = running and is_shared(layout.users_lock)
    return Status(running, state, in_use, kept=layout.kept_mark.exists())


def start_kept(data: Path, *, environ: Mapping[str, str]) -> ServerState:
    """Start it and let it stay when nobody uses it."""
    layout = Layout(data)
    with using_server(data, environ=environ) as state:
        assert state is not None, "there is nothing of ours to start beside DATABASE_URL"
        layout.kept_mark.touch()
        return state


def stop(data: Path, *, at_once: bool) -> bool:
    """False when it was not running. Raises StillInUse unless `at_once` is true."""
    layout = Layout(data)
    layout.kept_mark.unlink(missing_ok=True)
    state = read_state(layout)
    if not is_held(layout.guard_lock) or state is None:
        return False
    if is_shared(layout.users_lock) and not at_once:
        raise StillInUse(
            _(
                "Somebody works with the database: a running shop, or another command. "
                "Stop that first, or say --now to take it away from them."
            )
        )
    end(state.guard_pid, by=signal.SIGTERM, within_seconds=STOP_SECONDS_MAX)
    return True


def wait_until_stopped(data: Path, *, within_seconds: float = STOP_SECONDS_MAX) -> bool:
    """For the last user who has left: True when the guard is gone, or others keep it."""
    layout = Layout(data)
    until = time.monotonic() + within_seconds
    while is_held(layout.guard_lock):
        if layout.kept_mark.exists() or is_shared(layout.users_lock):
            return True
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _current(layout: Layout, guard: subprocess.Popen[bytes] | None) -> ServerState | None:
    """The state as the living guard told it; what a dead one left behind does not count."""
    state = read_state(layout)
    if state is None:
        return None
    ours = guard is not None and guard.pid == state.guard_pid
    return state if ours or is_alive(state.guard_pid) else None


def _judge(code: int, layout: Layout) -> None:
    if code == ALREADY_GUARDED:
        return
    state = read_state(layout)
    if state and state.phase == "failed":
        raise ServerNotStarted(state.told)
    spoken = layout.run.joinpath(GUARD_LOG).read_text(encoding="utf-8")[-2000:]
    words = _("The database's guard ended with code {code}.\n{words}")
    raise ServerNotStarted(words, code=code, words=spoken)
