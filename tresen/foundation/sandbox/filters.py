"""Which system calls a confined process is refused (seccomp): whatever opens, sends, starts, kills.

Read from and written to are only the pipes that are open already. Classic BPF, understood by every
Linux kernel since 3.5 and needing no privilege.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from collections.abc import Mapping
from typing import Final

_X86: Final[Mapping[str, int]] = {
    "open": 2, "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "bind": 49, "listen": 50,
    "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "rename": 82,
    "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87, "symlink": 88, "chmod": 90,
    "chown": 92, "ptrace": 101, "mount": 165, "tkill": 200, "tgkill": 234, "openat": 257,
    "mkdirat": 258, "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266,
    "unshare": 272, "accept4": 288, "setns": 308, "process_vm_readv": 310,
    "process_vm_writev": 311, "renameat2": 316, "memfd_create": 319, "bpf": 321, "execveat": 322,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "openat2": 437,
    "pidfd_getfd": 438,
}  # fmt: skip
_ARM: Final[Mapping[str, int]] = {
    "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "mount": 40,
    "openat": 56, "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131,
    "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203,
    "sendto": 206, "execve": 221, "accept4": 242, "setns": 268, "process_vm_readv": 270,
    "process_vm_writev": 271, "renameat2": 276, "memfd_create": 279, "bpf": 280, "execveat": 281,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "openat2": 437,
    "pidfd_getfd": 438,
}  # fmt: skip
_MACHINES: Final = {"x86_64": (0xC000003E, _X86), "aarch64": (0xC00000B7, _ARM)}

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AT_NUMBER, _AT_MACHINE = 0, 4
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
"""Allow; fail with EPERM; end the process (another machine's calls would pass by the numbers)."""
_X32_BIT: Final = 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2


def refuse_system_calls() -> bool:
    """From now on, for good. False where this system has no such filter."""
    found = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or found is None:
        return False
    machine, calls = found
    program = _program(machine, sorted(calls.values()))
    lines = ctypes.create_string_buffer(program)
    whole = struct.pack("@HP", len(program) // 8, ctypes.addressof(lines))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.c_char_p(whole), 0, 0) == 0)


def _program(machine: int, numbers: list[int]) -> bytes:
    lines = [
        _line(_LOAD, _AT_MACHINE),
        _line(_EQUAL, machine, then=1),
        _line(_RETURN, _KILL),
        _line(_LOAD, _AT_NUMBER),
        _line(_AT_LEAST, _X32_BIT, otherwise=1),
        _line(_RETURN, _KILL),
    ]
    for place, number in enumerate(numbers):
        lines.append(_line(_EQUAL, number, then=len(numbers) - place))
    return b"".join([*lines, _line(_RETURN, _ALLOW), _line(_RETURN, _REFUSE)])


def _line(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
