"""Running one of the server's programs as the server's account."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tresen.operations.machine.parent import die_with_parent
from tresen.operations.postgres.account import Account

PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
"""Nothing of our environment reaches the server: PG* variables would change its course."""
UMASK = 0o077


def run_program(
    command: Sequence[str | Path], account: Account, *, seconds_max: float, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """To its end; the caller judges the code."""
    return subprocess.run(  # noqa: S603  # our own binaries, our own arguments
        list(command),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds_max,
        cwd="/",
        env=PLAIN,
        umask=UMASK,
        user=account.uid if account.drops else None,
        group=account.gid if account.drops else None,
        extra_groups=[] if account.drops else None,
    )


def start_program(
    command: Sequence[str | Path], account: Account, *, log: Path
) -> subprocess.Popen[bytes]:
    """In a session of its own; it gets SIGINT when this process ends, however it ends."""
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603  # our own binaries, our own arguments
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=PLAIN,
            umask=UMASK,
            user=account.uid if account.drops else None,
            group=account.gid if account.drops else None,
            extra_groups=[] if account.drops else None,
            start_new_session=True,
            preexec_fn=partial(  # noqa: PLW1509  # only the guard calls it: one thread
                die_with_parent, os.getpid(), by=signal.SIGINT
            ),
        )
