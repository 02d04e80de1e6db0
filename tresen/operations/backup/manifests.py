"""What a backup consists of: a signed list, written last; without it there is no backup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from tresen.operations.backup.envelopes import BackupDamaged
from tresen.operations.backup.signing import Signer, is_signed_by, plain_text
from tresen.operations.backup.target import Stored, Target, put_bytes
from tresen.operations.words.speaking import gettext_noop as _

FORMAT = 1
FOLDER = "base"
FILE = "manifest.json"
DATA = "data.age"

Kind = Literal["full", "incremental"]


@dataclass(frozen=True)
class Manifest:
    """Times are ISO 8601 in UTC; bytes of `parts` are of the ciphertext, `clear_bytes` before."""

    id: str
    kind: Kind
    parents: tuple[str, ...]
    """Oldest first, beginning with the full one; empty for a full backup."""
    chain: str
    system: str
    timeline: int
    segment_bytes: int
    start: int
    """The log must be there from this position …"""
    end: int
    """… to this one at least."""
    started_at: str
    finished_at: str
    clear_bytes: int
    seconds: float
    parts: tuple[Stored, ...]
    packs: tuple[str, ...]
    """Names of the packs that hold the files (pictures, demo books)."""
    files: str
    """Name of the list of files; empty where there are none."""
    recipients: tuple[str, ...]
    release: str
    superuser: str
    """Of the copied cluster, …"""
    database: str
    """… and the shop's database in it."""
    signer: str = ""
    signature: str = ""
    format: int = FORMAT

    @property
    def consistent_at(self) -> datetime:
        """The first moment that can be restored from it."""
        return datetime.fromisoformat(self.finished_at)

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    def is_genuine(self) -> bool:
        """Signed by the signer that it names; whether that is ours, the caller asks."""
        return is_signed_by(self.signer, _message(self), bytes.fromhex(self.signature))


def put_manifest(target: Target, manifest: Manifest, *, signer: Signer) -> Manifest:
    """The backup exists from here on."""
    named = replace(manifest, signer=signer.public)
    signed = replace(named, signature=signer.sign(_message(named)).hex())
    text = json.dumps(asdict(signed), indent=1).encode()
    put_bytes(target, f"{FOLDER}/{manifest.id}/{FILE}", text)
    return signed


def list_manifests(target: Target) -> list[Manifest]:
    """Oldest first. Damaged ones are left out; `find_damaged` names them."""
    found = []
    for name in _names(target):
        try:
            found.append(read_manifest(target, name))
        except BackupDamaged:
            continue
    return found


def find_damaged(target: Target) -> list[str]:
    """Lists that are changed or cut, and remains of backups that were never finished."""
    damaged = []
    for name in _names(target):
        try:
            read_manifest(target, name)
        except BackupDamaged:
            damaged.append(name)
    return damaged


def read_manifest(target: Target, name: str) -> Manifest:
    """Raises BackupDamaged."""
    try:
        with target.read(name) as file:
            body: dict[str, Any] = json.loads(file.read())
        manifest = manifest_in(body)
        genuine = manifest.is_genuine()
    except (OSError, ValueError, TypeError, KeyError) as failure:
        words = _("{name} cannot be read: {reason}")
        raise BackupDamaged(words, name=name, reason=failure) from failure
    if not genuine:
        raise BackupDamaged(_("{name} was changed after it was signed."), name=name)
    return manifest


def manifest_in(body: Mapping[str, Any]) -> Manifest:
    """From its JSON. Raises TypeError, KeyError; whether it is genuine, the caller asks."""
    plural = {name: tuple(body[name]) for name in ("parents", "packs", "recipients")}
    parts = tuple(Stored(**part) for part in body["parts"])
    return Manifest(**{**body, **plural, "parts": parts})


def folder_of(backup_id: str) -> str:
    return f"{FOLDER}/{backup_id}"


def unfinished(target: Target) -> Sequence[str]:
    """Ids of folders without a list: a backup was cut off there, or is being taken."""
    ids = {name.split("/")[1] for name in target.names(FOLDER)}
    done = {name.split("/")[1] for name in _names(target)}
    return sorted(ids - done)


def _names(target: Target) -> list[str]:
    return [name for name in target.names(FOLDER) if name.endswith(f"/{FILE}")]


def _message(manifest: Manifest) -> bytes:
    body = asdict(manifest)
    del body["signature"]
    return plain_text(body)
