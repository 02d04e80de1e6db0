"""Backups: is one taken, does it reach its place, was it proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tresen.foundation import clock
from tresen.operations.backup.places import places_of
from tresen.operations.backup.status import GRAVE, Alarm, BackupStatus, status_of_backups
from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.locks import is_held
from tresen.operations.running.notice import lock_file

SAYS: Mapping[Alarm, tuple[str, str]] = {
    "off": ("Backups are switched off.", "Take TRESEN_BACKUP away, unless you back up otherwise."),
    "unready": ("No backup is taken: fewer than two keys could open it.", "tresen backup keys"),
    "not_running": ("Nobody follows the database for the backups.", "Start the shop: tresen run"),
    "failing": ("The last attempt to save something failed.", "Mend what it says, then ask again."),
    "none_yet": ("There is no backup yet; the first one is taken soon after the start.", ""),
    "backup_old": ("The newest backup is too old.", "Look at logs/backup.log; tresen backup"),
    "lagging": ("Nothing has reached the backups for minutes.", "Is their disk there and free?"),
    "proof_failed": ("The last restore drill failed.", "tresen backup, then tresen backup drill"),
    "proof_old": ("For days no restore has proved the backups.", "tresen backup drill"),
    "no_proof_yet": ("No restore drill has run yet; the first one runs by itself.", ""),
    "same_disk": ("Backups lie on the shop's own disk.", "Name another one: TRESEN_BACKUP_TO"),
    "all_keys_here": ("Every key to the backups lies on this machine.", "tresen backup keys"),
}


def check_backups(patient: Patient) -> Sequence[Finding]:
    """A shop that is closed needs nobody to follow it."""
    if not patient.data.exists():
        return []
    places = places_of(patient.data, patient.environ)
    status = status_of_backups(places, now=clock.now())
    is_open = is_held(lock_file(patient.data))
    alarms = [alarm for alarm in status.alarms if is_open or alarm != "not_running"]
    if not is_open and not status.manifests and not status.recipients:
        return [note("No backups yet; the first start begins them.")]
    return [*_standing(status), *(_finding(alarm, status) for alarm in alarms)]


def _standing(status: BackupStatus) -> list[Finding]:
    found = []
    if newest := status.newest:
        found.append(well(f"Newest backup {newest.consistent_at:%Y-%m-%d %H:%M} UTC"))
    if (proof := status.last_proof) and proof.held:
        found.append(
            well(
                f"Proved by a restore {proof.at:%Y-%m-%d %H:%M} UTC, in {proof.restore_seconds:.0f}"
                f" s, {proof.invariants} invariants hold"
            )
        )
    return found


def _finding(alarm: Alarm, status: BackupStatus) -> Finding:
    says, cure = SAYS[alarm]
    if alarm == "failing":
        says = f"{says} {status.trouble}"
    if alarm == "proof_failed" and status.last_proof:
        says = f"{says} {status.last_proof.failure}"
    return ill(says, cure) if alarm in GRAVE else note(says, cure)
