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
from tresen.operations.machine.trouble import Trouble, trouble_of
from tresen.operations.postgres.layout import Layout
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, number

NAMED_MAX = 5
GIB = 1024**3
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
        return _("Another drill is running; its proof will be written down.")


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
    failure: Trouble | None = None
    try:
        restored = _prove(places, scratch, identity_files=identity_files, say=say)
        proof |= _figures(restored, begun_at=begun_at)
    except Exception as broken:  # a drill that breaks is a proof that failed
        failure = trouble_of(broken)
    finally:
        _sweep(places)
    proof |= {"held": failure is None, "failure": failure.plain if failure else ""}
    if failure:
        proof["failure_note"] = failure.as_note()
    proof["seconds"] = round(time.monotonic() - begun, 3)
    add_line(places.proofs, proof)
    return str(failure) if failure else ""


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
    say(_("Looking for rot …"))
    if rot := find_rot(target):
        words = gettext_noop("Changed or missing in {folder}: {names}")
        raise RotFound(words, folder=places.target, names=", ".join(rot[:NAMED_MAX]))
    plan = plan_restore(target, LATEST)
    identities = identities_for(places, files=identity_files)
    places.drills.mkdir(parents=True, exist_ok=True)
    places.drills.chmod(0o755)
    wanted = sum(one.clear_bytes for one in plan.line) * ROOM_FACTOR
    if (free := shutil.disk_usage(places.drills).free) < wanted:
        raise NoRoom(
            gettext_noop(
                "The drill wants {wanted} GiB for a scratch copy, {free} GiB are free. "
                "Free some, or run the drill on another machine."
            ),
            wanted=number(wanted / GIB, 1),
            free=number(free / GIB, 1),
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
