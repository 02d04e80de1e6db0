"""The erasure ledger beside the backups: who must be gone after any restore; ids only.

The shop adds a line to its own file when it erases somebody; each new stretch of that file is
put into the target, encrypted, under a name that says where it begins. Nothing is ever taken out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyrage.x25519 import Identity, Recipient

from tresen.operations.backup.envelopes import BackupDamaged, decrypt_bytes, encrypt_bytes
from tresen.operations.backup.signing import SIGNATURE_BYTES, Signer, is_signed_by
from tresen.operations.backup.target import Target, put_bytes
from tresen.operations.words.speaking import gettext_noop as _

FOLDER = "erasures"


@dataclass(frozen=True)
class Erasure:
    """One line. Without classes, all keys of the subject are meant."""

    subject: str
    classes: tuple[str, ...]
    at: datetime


def ship_erasures(ledger: Path, target: Target, *, to: Sequence[Recipient], signer: Signer) -> int:
    """Bytes that were new. Only whole lines are shipped."""
    try:
        text = ledger.read_bytes()
    except FileNotFoundError:
        return 0
    whole = text[: text.rfind(b"\n") + 1]
    shipped = shipped_bytes(target)
    if shipped > len(whole):
        shipped = 0  # another ledger began: a shop that was restored without it
    if not (new := whole[shipped:]):
        return 0
    signature = signer.sign(_message(shipped, new))
    name = f"{FOLDER}/{shipped:012d}-{len(whole):012d}.{signature[:8].hex()}.age"
    put_bytes(target, name, encrypt_bytes(signature + new, to=to))
    return len(new)


def shipped_bytes(target: Target) -> int:
    return max((_end_of(name) for name in target.names(FOLDER)), default=0)


def read_erasures(
    target: Target, *, by: Sequence[Identity], signed_by: str
) -> tuple[list[Erasure], bytes]:
    """All of them, each once, and the ledger as it was. Raises BackupDamaged, WrongIdentity."""
    text = b""
    for name in target.names(FOLDER):
        with target.read(name) as file:
            clear = decrypt_bytes(file.read(), by=by, name=name)
        start = int(name.rpartition("/")[2].partition("-")[0])
        body = clear[SIGNATURE_BYTES:]
        if not is_signed_by(signed_by, _message(start, body), clear[:SIGNATURE_BYTES]):
            words = _("{name} was not written by the shop that signed the backup.")
            raise BackupDamaged(words, name=name)
        text += body
    lines = list(dict.fromkeys(text.splitlines()))
    return [erasure_in(line) for line in lines], b"".join(line + b"\n" for line in lines)


def erasure_in(line: bytes | str) -> Erasure:
    body = json.loads(line)
    return Erasure(
        subject=str(body["subject"]),
        classes=tuple(str(name) for name in body.get("classes") or ()),
        at=datetime.fromisoformat(body["at"]),
    )


def _end_of(name: str) -> int:
    return int(name.rpartition("/")[2].partition("-")[2].partition(".")[0])


def _message(start: int, body: bytes) -> bytes:
    return f"erasures {start} ".encode() + body
