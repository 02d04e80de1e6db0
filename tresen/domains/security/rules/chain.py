"""Hashes of the chain: leaves, links, Merkle roots and proofs (RFC 6962), what a seal states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC

from tresen.domains.security.types import Seal

_LEAF, _NODE, _LINK = b"\x00", b"\x01", b"\x02"


def leaf_of(canonical: bytes, mac: bytes) -> bytes:
    """Of a deed as it lies in the table; ciphertext only."""
    return hashlib.sha256(_LEAF + mac + canonical).digest()


def link_of(previous: bytes, leaf: bytes) -> bytes:
    """The chain after one more leaf."""
    return hashlib.sha256(_LINK + previous + leaf).digest()


def links_of(previous: bytes, leaves: Sequence[bytes]) -> list[bytes]:
    """The chain after each of these leaves."""
    found = []
    for leaf in leaves:
        previous = link_of(previous, leaf)
        found.append(previous)
    return found


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root; there is at least one leaf."""
    assert leaves
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def path_of(leaves: Sequence[bytes], at: int) -> list[tuple[str, bytes]]:
    """What one leaf needs to reach the root: the neighbour on each level and its side."""
    level, path = list(leaves), []
    while len(level) > 1:
        neighbour = at ^ 1
        if neighbour < len(level):
            path.append(("left" if neighbour < at else "right", level[neighbour]))
        level, at = _next_level(level), at // 2
    return path


def climb(leaf: bytes, path: Sequence[tuple[str, bytes]]) -> bytes:
    """The root that the leaf and its path lead to."""
    found = leaf
    for side, neighbour in path:
        found = _node(neighbour, found) if side == "left" else _node(found, neighbour)
    return found


def statement_of(seal: Seal) -> bytes:
    """What is signed: everything but the signature, the same bytes whoever writes them down."""
    values = (
        seal.no,
        seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        seal.first,
        seal.last,
        seal.root.hex(),
        seal.head.hex(),
        seal.previous.hex(),
        seal.key_version,
    )
    return json.dumps(values, separators=(",", ":")).encode()


def digest_of(seal: Seal) -> bytes:
    """What the next seal and the outside remember of this one."""
    return hashlib.sha256(statement_of(seal) + seal.signature).digest()


def _next_level(level: Sequence[bytes]) -> list[bytes]:
    """Pairs become nodes; one that is left over goes up as it is."""
    pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
