"""The state of the backups in lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tresen.operations.backup.status import Alarm, BackupStatus

SIZE_STEP = 1000
ALARMS: Mapping[Alarm, str] = {
    "off": "Backups are switched off (TRESEN_BACKUP).",
    "unready": "There are fewer than two recipients: no backup is taken. Run: tresen backup keys",
    "not_running": "Nobody follows the database: the shop is closed, or its backup process died.",
    "failing": "The last attempt failed",
    "none_yet": "There is no backup yet; the first one is taken soon.",
    "backup_old": "The newest backup is too old. Look at the log backup.log, then: tresen backup",
    "lagging": "The log has not reached the backups for more than five minutes.",
    "proof_failed": "The last restore drill failed",
    "proof_old": "No restore drill has succeeded for days. Run: tresen backup drill",
    "no_proof_yet": "No restore drill has run yet; the first one runs by itself.",
    "same_disk": "Backups lie on the shop's own disk: name another one in TRESEN_BACKUP_TO.",
    "all_keys_here": "Every key to the backups lies on this machine. Run: tresen backup keys",
}


def backup_lines(status: BackupStatus) -> list[str]:
    lines = [f"in {status.target}, {size(status.bytes)}"]
    lines += [
        f"  {one.id}  {one.kind:<11}  {size(one.bytes):>8}  from {moment(one.consistent_at)}"
        for one in status.manifests
    ]
    if status.until:
        lines.append(f"  log until {moment(status.until)}")
    if status.keystore_at:
        lines.append(f"  keys of people, apart: {moment(status.keystore_at)}")
    lines.append("encrypted to")
    lines += [f"  {key}  {label}" for key, label in status.recipients] or ["  nobody yet"]
    if proof := status.last_proof:
        word = "held" if proof.held else f"FAILED: {proof.failure}"
        lines.append(f"last restore drill {moment(proof.at)}: {word}")
    lines += [f"! {alarm_words(alarm, status)}" for alarm in status.alarms]
    return lines


def alarm_words(alarm: Alarm, status: BackupStatus) -> str:
    if alarm == "failing":
        return f"{ALARMS[alarm]}: {status.trouble}"
    if alarm == "proof_failed" and status.last_proof:
        return f"{ALARMS[alarm]}: {status.last_proof.failure}"
    return ALARMS[alarm]


def moment(at: datetime) -> str:
    """In the zone of this machine, as `--to` takes it."""
    return at.astimezone().isoformat(timespec="seconds")


def size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < SIZE_STEP:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= SIZE_STEP
    return f"{count:.1f} TB"
