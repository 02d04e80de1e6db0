"""A child that ends when its parent does, however the parent ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Mapping

PR_SET_PDEATHSIG = 1
PARENT_VARIABLE = "TRESEN_PARENT"
"""Set by a parent for its child: the process whose end is the child's end."""

_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent_pid: int, *, by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel for a signal at the parent's death; at once where it is dead already.

    Elsewhere than on Linux the next start cleans up instead.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(PR_SET_PDEATHSIG, int(by))
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), by)


def die_with_named_parent(environ: Mapping[str, str]) -> None:
    """For a child that was told its parent's number."""
    if parent := environ.get(PARENT_VARIABLE):
        die_with_parent(int(parent))
