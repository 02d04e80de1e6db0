"""The child: loads one worker, gives up everything else, answers until its pipe ends.

`python -m tresen.foundation.sandbox.child WORKER MEMORY_BYTES`, where WORKER is a module with
`warm_up()` and `answer(about, parts) -> (about, parts)`.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import resource
import signal
import sys
from typing import Final

from tresen.foundation.sandbox.filters import refuse_system_calls
from tresen.foundation.sandbox.frames import BrokenFrame, read_frame, write_frame

FILES_MAX: Final = 16
_PR_SET_PDEATHSIG: Final = 1
_CLONE_NEWNET: Final = 0x40000000
_CLONE_NEWUSER: Final = 0x10000000


def main(worker: str, memory_bytes: int) -> int:
    module = importlib.import_module(worker)
    module.warm_up()
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    is_confined = confine(memory_bytes)
    write_frame(target, {"confined": is_confined}, ())
    while True:
        try:
            about, parts = read_frame(source)
        except BrokenFrame:
            return 0
        try:
            answer, made = module.answer(about, parts)
        except MemoryError:
            parts.clear()
            answer, made = {"failed": "memory"}, ()
        except Exception as error:  # whatever a stranger's bytes may cause
            answer, made = {"failed": type(error).__name__}, ()
        write_frame(target, answer, made)
        del about, parts, answer, made
        gc.collect()


def confine(memory_bytes: int) -> bool:
    """No files, no network, no other process, so much memory. True where the kernel holds to it."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: FILES_MAX,
        resource.RLIMIT_DATA: memory_bytes,
    }
    for kind, value in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    alone = libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    return refuse_system_calls() or alone


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2])))
