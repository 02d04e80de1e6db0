"""A child that ends when its parent does, however the parent ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

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
