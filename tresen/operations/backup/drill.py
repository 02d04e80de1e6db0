"""The restore drill: brings the newest backup back into a scratch folder and writes down the proof.

A backup that nobody has restored is a hope. The scratch folder, its server and its clear data are
gone when this returns, however it returns.
"""

from __future__ import annotations

import contextlib
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from tresen.operations.backup.bring_back import Restored, restore
from tresen.operations.backup.notes import add_line
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.plan import LATEST, plan_restore
from tresen.operations.backup.recipients import identities_for
from tresen.operations.backup.scrub import find_rot
from tresen.operations.backup.target import FolderTarget
from tresen.operations.machine.locks import Held, alone
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import Layout

ROOM_FACTOR = 3
"""Free space that a drill wants, in sizes of the copied cluster."""


class NoRoom(Trouble):
    """The disk is too full for a scratch copy."""


class RotFound(Trouble):
    """Bytes in the target have changed."""


def run_drill(
    places: BackupPlaces,
    *,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    identity_files: Sequence[Path] = (),
) -> str:
    """The proof is written down either way; returns what failed, or nothing."""
    try:
        with alone(places.drill_lock, wait=False):
            return _drilled(places, clock=clock, say=say, identity_files=identity_files)
    except Held:
        return "Another drill is running; its proof will be written down."


def _drilled(
    places: BackupPlaces,
    *,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    identity_files: Sequence[Path],
) -> str:
    begun, begun_at = time.monotonic(), clock()
    proof: dict[str, object] = {"at": begun_at.isoformat(), "held": False}
    scratch = places.drills / f"{begun_at:%Y%m%dT%H%M%SZ}"
    failure = ""
    try:
        restored = _prove(places, scratch, identity_files=identity_files, say=say)
        proof |= _figures(restored, begun_at=begun_at)
    except Trouble as trouble:
        failure = str(trouble)
    except Exception as broken:  # a drill that breaks is a proof that failed
        failure = f"{type(broken).__name__}: {broken}"
    finally:
        _sweep(places)
    proof |= {"held": not failure, "failure": failure}
    proof["seconds"] = round(time.monotonic() - begun, 3)
    add_line(places.proofs, proof)
    return failure


def sweep(places: BackupPlaces) -> None:
    """What a drill that was killed left behind; not under one that is running."""
    with contextlib.suppress(Held), alone(places.drill_lock, wait=False):
        _sweep(places)


def _sweep(places: BackupPlaces) -> None:
    for scratch in places.drills.glob("*"):
        layout = Layout(scratch)
        for folder in (layout.home.resolve(), layout.socket, scratch):
            shutil.rmtree(folder, ignore_errors=True)


def _prove(
    places: BackupPlaces,
    scratch: Path,
    *,
    identity_files: Sequence[Path],
    say: Callable[[str], None],
) -> Restored:
    target = FolderTarget(places.target)
    say("Looking for rot …")
    if rot := find_rot(target):
        raise RotFound(f"Changed or missing in {places.target}: {', '.join(rot[:5])}")
    plan = plan_restore(target, LATEST)
    identities = identities_for(places, files=identity_files)
    places.drills.mkdir(parents=True, exist_ok=True)
    places.drills.chmod(0o755)
    wanted = sum(one.clear_bytes for one in plan.line) * ROOM_FACTOR
    if (free := shutil.disk_usage(places.drills).free) < wanted:
        raise NoRoom(
            f"The drill wants {wanted / 1024**3:.1f} GiB for a scratch copy, {free / 1024**3:.1f} "
            "GiB are free. Free some, or run the drill on another machine."
        )
    return restore(target, plan, scratch, by=identities, say=say)


def _figures(restored: Restored, *, begun_at: datetime) -> dict[str, object]:
    manifest = restored.plan.manifest
    marker = restored.checked.marker
    lost = (begun_at - marker.at).total_seconds() if marker else None
    return {
        "backup": manifest.id,
        "restore_seconds": round(restored.restore_seconds, 3),
        "clear_bytes": manifest.clear_bytes + restored.log_bytes,
        "lost_seconds": None if lost is None else round(max(0.0, lost), 3),
        "rows": restored.checked.rows,
        "invariants": restored.checked.invariants,
        "figures": {
            "seconds": restored.seconds,
            "tables": restored.checked.tables,
            "files": restored.files,
            "log_bytes": restored.log_bytes,
            "keys_erased": restored.people.erased,
            "keys_destroyed": restored.people.destroyed,
            "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }
