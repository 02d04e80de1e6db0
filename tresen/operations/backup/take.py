"""One backup from beginning to end: key store, cluster, files, log, list; in this order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version

from tresen.operations.backup.base import BaseBackupFailed, Taken, take_base, wait_for_log
from tresen.operations.backup.files import pack_files
from tresen.operations.backup.manifests import (
    DATA,
    Manifest,
    folder_of,
    list_manifests,
    put_manifest,
)
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.receiver import Chain
from tresen.operations.backup.recipients import Named
from tresen.operations.backup.signing import Signer
from tresen.operations.backup.source import Source
from tresen.operations.backup.target import Target

INCREMENTAL_FROM_BYTES = 256 * 1024 * 1024
"""Below this a full copy is as quick, and simpler to bring back."""
INCREMENTALS_MAX = 6
"""In a row; then a full one again: a week."""
MANIFESTS_KEPT = 8


def take_backup(
    places: BackupPlaces,
    source: Source,
    target: Target,
    *,
    chain: Chain,
    to: Sequence[Named],
    signer: Signer,
    reached: Callable[[], int],
    alive: Callable[[], bool],
    now: datetime,
) -> Manifest:
    """It counts when its list is written, which is after the log has followed to its end."""
    backup_id = f"{now:%Y%m%dT%H%M%SZ}"
    recipients = [one.recipient for one in to]
    parents = parents_for(places, list_manifests(target), chain=chain)
    name = f"{folder_of(backup_id)}/{DATA}"
    try:
        since = places.manifests / parents[-1] if parents else None
        taken = take_base(places, source, target, name=name, to=recipients, since=since)
    except BaseBackupFailed:
        if not parents:
            raise
        parents = ()  # the server could not say what has changed since: everything, then
        taken = take_base(places, source, target, name=name, to=recipients, since=None)
    packed = pack_files(places, target, backup_id=backup_id, to=recipients)
    wait_for_log(reached, end=taken.end, alive=alive)
    manifest = Manifest(
        id=backup_id,
        kind="incremental" if parents else "full",
        parents=parents,
        chain=chain.id,
        system=chain.system,
        timeline=chain.timeline,
        segment_bytes=chain.segment_bytes,
        start=taken.start,
        end=taken.end,
        started_at=taken.started_at.isoformat(),
        finished_at=taken.finished_at.isoformat(),
        clear_bytes=taken.clear_bytes,
        seconds=round(taken.seconds, 3),
        parts=(taken.stored, *packed.parts),
        packs=packed.packs,
        files=packed.listing,
        recipients=tuple(one.key for one in to),
        release=version("tresen"),
        superuser=taken.superuser,
        database=taken.database,
    )
    _keep_server_manifest(places, backup_id, taken)
    return put_manifest(target, manifest, signer=signer)


def parents_for(
    places: BackupPlaces, known: Sequence[Manifest], *, chain: Chain
) -> tuple[str, ...]:
    """What an incremental backup would stand on; empty where a full one is due or wiser."""
    ours = [one for one in known if one.chain == chain.id]
    if not ours:
        return ()
    last = max(ours, key=lambda one: one.finished_at)
    line = (*last.parents, last.id)
    full = next((one for one in ours if one.id == line[0]), None)
    too_small = full is None or full.clear_bytes < INCREMENTAL_FROM_BYTES
    if too_small or len(line) > INCREMENTALS_MAX or not (places.manifests / last.id).exists():
        return ()
    return line


def _keep_server_manifest(places: BackupPlaces, backup_id: str, taken: Taken) -> None:
    """It lists the cluster's files by number and checksum; nothing of their content."""
    places.manifests.mkdir(parents=True, exist_ok=True)
    (places.manifests / backup_id).write_bytes(taken.server_manifest)
    for old in sorted(places.manifests.iterdir())[:-MANIFESTS_KEPT]:
        old.unlink(missing_ok=True)
