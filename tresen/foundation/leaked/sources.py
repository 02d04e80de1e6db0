"""Lists of known passwords as they are passed around: plain lines, SHA-1 lines, frequency lists."""

from __future__ import annotations

import ast
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from tresen.foundation.leaked.prefixes import prefix_of_digest

LINE_BYTES_MAX = 4_096
_DIGEST = re.compile(rb"([0-9A-Fa-f]{40})(?::\d+)?")
_FREQUENCIES = b"FREQUENCY_LISTS"
_HEAD_BYTES = 4_096
_GZIP = b"\x1f\x8b"


class UnreadableList(Exception):
    """Not text. Remedy: unpack archives first (gzip is read as it is)."""


def prefixes_in(path: Path) -> Iterator[bytes]:
    """One prefix for each password of a file, in no order.

    Known forms: one password a line; one SHA-1 a line (with `:count`, as Have I Been Pwned gives
    them out); the frequency lists of zxcvbn. Each may be packed with gzip.
    """
    with _opened(path) as lines:
        head = lines.read(_HEAD_BYTES)
    if b"\0" in head:
        raise UnreadableList(path.name)
    with _opened(path) as lines:
        found = _frequent(lines) if _FREQUENCIES in head else _listed(lines)
        for digest in found:
            yield prefix_of_digest(digest)


def _listed(lines: IO[bytes]) -> Iterator[bytes]:
    while line := lines.readline(LINE_BYTES_MAX):
        word = line.strip(b"\r\n")
        if match := _DIGEST.fullmatch(word.strip()):
            yield bytes.fromhex(match[1].decode())
        elif word:
            yield _digest(word)


def _frequent(lines: IO[bytes]) -> Iterator[bytes]:
    """Python source that assigns a dict of `"a,b,c".split(",")`; read, never run."""
    for node in ast.walk(ast.parse(lines.read())):
        if isinstance(node, ast.Constant) and "," in str(node.value):
            words = filter(None, str(node.value).split(","))
            yield from (_digest(word.encode()) for word in words)


def _digest(word: bytes) -> bytes:
    return hashlib.sha1(word, usedforsecurity=False).digest()


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as opened:
        is_packed = opened.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path)) if is_packed else path.open("rb")
