"""Taking out what need not stay: backups, the log before them, packs, old key stores."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.operations.backup import files, journal, manifests
from tresen.operations.backup.journal import list_parts
from tresen.operations.backup.keystore import prune_keystores
from tresen.operations.backup.manifests import Manifest, list_manifests, unfinished
from tresen.operations.backup.retention import Rule, first_to_go, kept_by, log_needed_from
from tresen.operations.backup.target import Target


@dataclass(frozen=True)
class Pruned:
    backups: int
    bytes_left: int


def prune(target: Target, *, rule: Rule, bytes_max: float, chain: str, now: datetime) -> Pruned:
    """By the rule, then by the limit of bytes; `chain` is the one that is being written.

    No backup may be under way: what has no list yet is taken for the remains of one.
    """
    before = list_manifests(target)
    kept = [one for one in before if one.id in kept_by(rule, before)]
    _keep_only(target, kept, chain=chain)
    while bytes_in(target) > bytes_max and (oldest := first_to_go(kept)):
        kept = [one for one in kept if one.id != oldest]
        _keep_only(target, kept, chain=chain)
    prune_keystores(target, now=now)
    return Pruned(len(before) - len(kept), bytes_in(target))


def bytes_in(target: Target) -> int:
    """Pieces of the log may be put together while we count."""
    count = 0
    for name in target.names(""):
        with contextlib.suppress(FileNotFoundError):
            count += target.size_of(name)
    return count


def _keep_only(target: Target, kept: Sequence[Manifest], *, chain: str) -> None:
    ids = {one.id for one in kept}
    for one in list_manifests(target):
        if one.id not in ids:
            _drop_backup(target, one.id)
    for cut_off in unfinished(target):
        _drop_backup(target, cut_off)
    _drop_log(target, kept, chain=chain)
    needed = {name for one in kept for name in (*one.packs, one.files)}
    for name in target.names(files.FOLDER):
        if kept and name not in needed:
            target.delete(name)


def _drop_backup(target: Target, backup_id: str) -> None:
    """The list first: half a backup must not look like one."""
    folder = manifests.folder_of(backup_id)
    target.delete(f"{folder}/{manifests.FILE}")
    for name in target.names(folder):
        target.delete(name)


def _drop_log(target: Target, kept: Sequence[Manifest], *, chain: str) -> None:
    """Of each chain what lies before its oldest backup; of a chain without any, all."""
    needed = log_needed_from(kept)
    if not kept:
        return
    for name in {name.split("/")[1] for name in target.names(journal.FOLDER)}:
        start = needed.get(name, 0 if name == chain else math.inf)
        size = next((one.segment_bytes for one in kept if one.chain == name), None)
        for part in list_parts(target, name, size=size or journal.DEFAULT_BYTES):
            if part.segment.end <= start:
                target.delete(part.name)
