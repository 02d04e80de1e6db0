"""Locks that the kernel lets go of when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_MODE = 0o600


class Held(Exception):
    """Somebody else holds the lock."""


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Waits while somebody holds it alone."""
    with _locked(path, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(path: Path, *, wait: bool) -> Iterator[None]:
    """Raises Held at once where `wait` is false."""
    with _locked(path, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


def is_held(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with alone(path, wait=False):
            return False
    except Held:
        return True


def is_shared(path: Path) -> bool:
    """Held by at least one who shares it, not by one alone."""
    if not is_held(path):
        return False
    try:
        with _locked(path, fcntl.LOCK_SH | fcntl.LOCK_NB):
            return True
    except Held:
        return False


@contextmanager
def _locked(path: Path, operation: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, LOCK_MODE)
    try:
        try:
            fcntl.flock(handle, operation)
        except BlockingIOError as taken:
            raise Held(str(path)) from taken
        yield
    finally:
        os.close(handle)
