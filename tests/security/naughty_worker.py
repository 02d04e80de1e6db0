"""A worker of the sandbox that tries what a stranger's bytes would try; only tests start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def warm_up() -> None:
    """Nothing to load."""


def answer(about: Mapping[str, Any], parts: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Does as asked and says whether it came through."""
    try:
        told = DEEDS[about["deed"]](str(about.get("target", "")))
    except OSError as error:
        return {"came_through": False, "errno": error.errno}, []
    return {"came_through": True, "told": told}, [b"x" * about.get("bytes", 0)]


def _connect(target: str) -> str:
    host, _, port = target.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=2):
        return "connected"


def _hog(_target: str) -> str:
    return str(len(bytearray(600_000_000)))


def _spin(_target: str) -> str:
    while True:
        sum(range(100_000))


def _sleep(_target: str) -> str:
    time.sleep(3_600)
    return "slept"


def _babble(_target: str) -> str:
    sys.__stdout__.write("x" * 100)  # type: ignore[union-attr]
    os.write(1, b"\xff\xff\xff\xffnonsense")
    return "babbled"


DEEDS: Mapping[str, Callable[[str], str]] = {
    "nothing": lambda _: "",
    "environment": lambda _: " ".join(sorted(os.environ)),
    "connect": _connect,
    "read": lambda target: Path(target).read_text(),
    "write": lambda target: str(Path(target).write_text("x")),
    "list": lambda target: str(sorted(Path(target).iterdir())),
    "start": lambda _: subprocess.run(["true"], check=True).args[0],
    "fork": lambda _: str(os.posix_spawn("/bin/true", ["true"], {})),
    "kill": lambda target: str(os.kill(int(target), 0)),
    "hog": _hog,
    "spin": _spin,
    "sleep": _sleep,
    "babble": _babble,
    "die": lambda _: os._exit(3),
    "segfault": lambda _: os.abort() or "",
}
