"""The audit as JSON lines, each deed with the proof that it was sealed.

A `seal` line comes before the deeds it stands over. Whoever has the file and the public keys can
check each deed on their own: leaf, path, root, signature. Nothing is opened: notes stay sealed,
values are digests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tresen.domains.security.queries.chain import leaf_of_deed, list_chained, list_seals
from tresen.domains.security.rules.chain import climb, leaf_of, path_of, statement_of
from tresen.domains.security.types import Seal
from tresen.foundation.audit.keys import key_of
from tresen.foundation.audit.rows import canonical

Line = Mapping[str, object]


def export_audit() -> Iterator[str]:
    """Seal by seal, without line ends."""
    after = 0
    while seals := list_seals(after=after):
        for seal in seals:
            yield json.dumps({"seal": _told(seal)})
            yield from _deeds_below(seal)
        after = seals[-1].no


def check_export(lines: Iterable[str], *, public_keys: Mapping[int, bytes]) -> tuple[int, int]:
    """How many deeds are proven, and the number of the first line that is not (0: none)."""
    seal: Seal | None = None
    proven = 0
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
            if "seal" in told:
                seal = _signed(told["seal"], public_keys)
                continue
            if seal is None or not _is_below(told, seal):
                return proven, number
        except (ValueError, KeyError, TypeError, InvalidSignature):
            return proven, number
        proven += 1
    return proven, 0


def _deeds_below(seal: Seal) -> Iterator[str]:
    deeds = list_chained(first=seal.first, last=seal.last)
    leaves = [leaf_of_deed(deed) for deed in deeds]
    for at, deed in enumerate(deeds):
        path = [[side, neighbour.hex()] for side, neighbour in path_of(leaves, at)]
        told = {
            "deed": json.loads(canonical(deed)),
            "mac": deed.mac.hex(),
            "seal_no": seal.no,
            "position": seal.first + at,
            "path": path,
        }
        yield json.dumps(told, ensure_ascii=False)


def _is_below(told: Line, seal: Seal) -> bool:
    text = json.dumps(told["deed"], ensure_ascii=False, separators=(",", ":")).encode()
    leaf = leaf_of(text, bytes.fromhex(str(told["mac"])))
    steps = cast("list[tuple[str, str]]", told["path"])
    path = [(side, bytes.fromhex(neighbour)) for side, neighbour in steps]
    return told["seal_no"] == seal.no and climb(leaf, path) == seal.root


def _told(seal: Seal) -> Line:
    return {
        "no": seal.no,
        "sealed_at": seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "first": seal.first,
        "last": seal.last,
        "root": seal.root.hex(),
        "head": seal.head.hex(),
        "previous": seal.previous.hex(),
        "key_version": seal.key_version,
        "signature": seal.signature.hex(),
        "public_key": key_of(seal.key_version).public_bytes().hex(),
    }


def _signed(told: Mapping[str, str | int], public_keys: Mapping[int, bytes]) -> Seal:
    """The seal, its signature checked by a key that did not come with the file."""
    seal = Seal(
        no=int(told["no"]),
        sealed_at=datetime.fromisoformat(str(told["sealed_at"])),
        first=int(told["first"]),
        last=int(told["last"]),
        root=bytes.fromhex(str(told["root"])),
        head=bytes.fromhex(str(told["head"])),
        previous=bytes.fromhex(str(told["previous"])),
        key_version=int(told["key_version"]),
    )
    public = Ed25519PublicKey.from_public_bytes(public_keys[seal.key_version])
    signature = bytes.fromhex(str(told["signature"]))
    public.verify(signature, statement_of(seal))
    return replace(seal, signature=signature)
