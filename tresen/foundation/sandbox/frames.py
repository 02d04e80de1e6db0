"""How parent and child speak: a length, a JSON object about the parts, then the parts.

Each side takes the other's words for a stranger's: every length has a limit.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

ABOUT_BYTES_MAX: Final = 65_536
PARTS_MAX: Final = 32
PART_BYTES_MAX: Final = 64_000_000
_LENGTH: Final = struct.Struct(">I")


class BrokenFrame(Exception):
    """The other side ended, or does not keep to the form."""


def write_frame(to: BinaryIO, about: Mapping[str, object], parts: Sequence[bytes]) -> None:
    head = json.dumps({"about": about, "sizes": [len(part) for part in parts]}).encode()
    to.write(_LENGTH.pack(len(head)) + head)
    to.writelines(parts)
    to.flush()


def read_frame(source: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Raises BrokenFrame."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
    if length > ABOUT_BYTES_MAX:
        raise BrokenFrame("too much about it")
    try:
        head = json.loads(_exactly(source, length))
        about, sizes = head["about"], head["sizes"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenFrame("no JSON object") from error
    if not isinstance(about, dict) or not isinstance(sizes, list) or len(sizes) > PARTS_MAX:
        raise BrokenFrame("not of the form")
    if not all(type(size) is int and 0 <= size <= PART_BYTES_MAX for size in sizes):
        raise BrokenFrame("a part is too long")
    return about, [_exactly(source, size) for size in sizes]


def _exactly(source: BinaryIO, size: int) -> bytes:
    parts, missing = [], size
    while missing:
        part = source.read(missing)
        if not part:
            raise BrokenFrame("the other side ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
