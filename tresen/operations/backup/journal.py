"""The log in the target: whole segments and pieces of the one that is being written.

`wal/CHAIN/SEGMENT.MILLISECONDS.HASH.age` and `wal/CHAIN/SEGMENT/FROM-TO.MILLISECONDS.HASH.age`:
the time is when the last byte came, the hash is of the encrypted file, so that rot is found
without any key. Inside lies a signature, then the compressed bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pyrage.x25519 import Identity, Recipient

from tresen.operations.backup.envelopes import BackupDamaged, decrypt_bytes, encrypt_bytes
from tresen.operations.backup.positions import SEGMENT_BYTES, Segment, segment_named
from tresen.operations.backup.signing import SIGNATURE_BYTES, Signer, is_signed_by
from tresen.operations.backup.target import Target, put_bytes
from tresen.operations.words.speaking import gettext_noop as _

FOLDER = "wal"
HASH_DIGITS = 32
COMPRESSION = 1
DEFAULT_BYTES = SEGMENT_BYTES


@dataclass(frozen=True, order=True)
class Part:
    """A stretch of one segment that lies in the target."""

    segment: Segment
    start: int
    """Within the segment, in bytes."""
    end: int
    until_ms: int
    hash: str
    name: str

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == self.segment.bytes

    @property
    def until(self) -> datetime:
        return datetime.fromtimestamp(self.until_ms / 1000, UTC)


def put_part(
    target: Target,
    *,
    chain: str,
    segment: Segment,
    start: int,
    clear: bytes,
    until_ms: int,
    to: Sequence[Recipient],
    signer: Signer,
) -> Part:
    """On the target's disk when it returns."""
    end = start + len(clear)
    signature = signer.sign(_message(chain, segment, start, clear))
    sealed = encrypt_bytes(signature + zlib.compress(clear, COMPRESSION), to=to)
    digest = hashlib.sha256(sealed).hexdigest()[:HASH_DIGITS]
    whole = start == 0 and end == segment.bytes
    place = segment.name if whole else f"{segment.name}/{start:08X}-{end:08X}"
    name = f"{FOLDER}/{chain}/{place}.{until_ms}.{digest}.age"

    put_bytes(target, name, sealed)
    return Part(segment, start, end, until_ms, digest, name)


def open_part(
    target: Target, part: Part, *, chain: str, by: Sequence[Identity], signed_by: str
) -> bytes:
    """The clear bytes. Raises WrongIdentity, BackupDamaged."""
    with target.read(part.name) as file:
        clear = decrypt_bytes(file.read(), by=by, name=part.name)
    try:
        body = zlib.decompress(clear[SIGNATURE_BYTES:])
    except zlib.error as failure:
        words = _("{name} is no piece of a log.")
        raise BackupDamaged(words, name=part.name) from failure
    message = _message(chain, part.segment, part.start, body)
    if len(body) != part.end - part.start or not is_signed_by(
        signed_by, message, clear[:SIGNATURE_BYTES]
    ):
        raise BackupDamaged(
            _(
                "{name} was not written by the shop that signed the backup. Somebody put it "
                "there; take a copy of the backups from another place."
            ),
            name=part.name,
        )
    return body


def list_parts(target: Target, chain: str, *, size: int) -> list[Part]:
    """In the order of the log; names that are none of ours are passed over."""
    folder = f"{FOLDER}/{chain}"
    found = (_parsed(name, folder=folder, size=size) for name in target.names(folder))
    return sorted(part for part in found if part is not None)


def whole_segments(parts: Iterable[Part]) -> dict[Segment, Part]:
    return {part.segment: part for part in parts if part.is_whole}


def pieces_of(segment: Segment, parts: Iterable[Part]) -> list[Part]:
    """Those that join without a gap from the segment's beginning, as far as they reach."""
    joined: list[Part] = []
    reached = 0
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        if part.segment == segment and part.start <= reached < part.end:
            joined.append(part)
            reached = part.end
    return joined


def _message(chain: str, segment: Segment, start: int, clear: bytes) -> bytes:
    return f"{chain} {segment.name} {start} ".encode() + hashlib.sha256(clear).digest()


def _parsed(name: str, *, folder: str, size: int) -> Part | None:
    place, *rest = name.removeprefix(f"{folder}/").split(".")
    try:
        until, digest, suffix = rest
        segment, _, stretch = place.partition("/")
        start, end = (int(word, 16) for word in stretch.split("-")) if stretch else (0, size)
        if suffix != "age":
            return None
        return Part(segment_named(segment, size=size), start, end, int(until), digest, name)
    except ValueError:
        return None
