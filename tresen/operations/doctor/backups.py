"""Backups: is one taken, does it reach its place, was it proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.foundation import clock
from tresen.operations.backup.places import places_of
from tresen.operations.backup.status import GRAVE, Alarm, BackupStatus, status_of_backups
from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.trouble import retold
from tresen.operations.running.notice import lock_file
from tresen.operations.words.speaking import gettext, number
from tresen.operations.words.speaking import gettext_noop as _

SAYS: Mapping[Alarm, tuple[str, str]] = {
    "off": (
        _("Backups are switched off."),
        _("Take TRESEN_BACKUP away, unless you back up otherwise."),
    ),
    "unready": (
        _("No backup is taken: fewer than two keys could open it."),
        _("Run: tresen backup keys"),
    ),
    "not_running": (
        _("Nobody follows the database for the backups."),
        _("Start the shop: tresen run"),
    ),
    "failing": (
        _("The last attempt to save something failed."),
        _("Mend what it says, then ask again."),
    ),
    "none_yet": (_("There is no backup yet; the first one is taken soon after the start."), ""),
    "backup_old": (_("The newest backup is too old."), _("Look at logs/backup.log; tresen backup")),
    "lagging": (
        _("Nothing has reached the backups for minutes."),
        _("Is their disk there and free?"),
    ),
    "proof_failed": (
        _("The last restore drill failed."),
        _("tresen backup, then tresen backup drill"),
    ),
    "proof_old": (_("For days no restore has proved the backups."), _("Run: tresen backup drill")),
    "no_proof_yet": (_("No restore drill has run yet; the first one runs by itself."), ""),
    "same_disk": (
        _("Backups lie on the shop's own disk."),
        _("Name another one: TRESEN_BACKUP_TO"),
    ),
    "all_keys_here": (
        _("Every key to the backups lies on this machine."),
        _("Run: tresen backup keys"),
    ),
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
        return [note(gettext("No backups yet; the first start begins them."))]
    return [*_standing(status), *(_finding(alarm, status) for alarm in alarms)]


def _standing(status: BackupStatus) -> list[Finding]:
    found = []
    if newest := status.newest:
        found.append(well(gettext("Newest backup {moment}", moment=_moment(newest.consistent_at))))
    if (proof := status.last_proof) and proof.held:
        found.append(
            well(
                gettext(
                    "Proved by a restore {moment}, in {seconds} s, {count} invariants hold",
                    moment=_moment(proof.at),
                    seconds=number(proof.restore_seconds),
                    count=number(proof.invariants),
                )
            )
        )
    return found


def _finding(alarm: Alarm, status: BackupStatus) -> Finding:
    says, cure = (gettext(words) if words else "" for words in SAYS[alarm])
    if alarm == "failing":
        says = f"{says} {retold(status.trouble, status.trouble_note)}"
    if alarm == "proof_failed" and status.last_proof:
        proof = status.last_proof
        says = f"{says} {retold(proof.failure, proof.failure_note)}"
    return ill(says, cure) if alarm in GRAVE else note(says, cure)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
