"""A sorted file of SHA-1 prefixes: six bytes for each password, found by halving.

Six bytes take one honest password in a hundred thousand for a known one at a billion entries; the
file of so many is 6 GB, and a look-up reads a few dozen places of it.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from pathlib import Path

PREFIX_BYTES = 6


def prefix_of(password: str) -> bytes:
    """What is kept of a password."""
    return prefix_of_digest(hashlib.sha1(password.encode(), usedforsecurity=False).digest())


def prefix_of_digest(digest: bytes) -> bytes:
    return digest[:PREFIX_BYTES]


def is_listed(password: str, *, file: Path) -> bool:
    """Whether the list holds it as it is, or in lower case; False where there is no list."""
    wanted = {prefix_of(password), prefix_of(password.lower())}
    try:
        with file.open("rb") as opened:
            if not os.fstat(opened.fileno()).st_size:
                return False
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as entries:
                return any(_holds(entries, prefix) for prefix in wanted)
    except FileNotFoundError:
        return False


def count_listed(file: Path) -> int:
    """How many passwords the list holds; 0 where there is none."""
    return file.stat().st_size // PREFIX_BYTES if file.exists() else 0


def _holds(entries: mmap.mmap, prefix: bytes) -> bool:
    low, high = 0, len(entries) // PREFIX_BYTES
    while low < high:
        middle = (low + high) // 2
        found = entries[middle * PREFIX_BYTES : (middle + 1) * PREFIX_BYTES]
        if found == prefix:
            return True
        low, high = (middle + 1, high) if found < prefix else (low, middle)
    return False
