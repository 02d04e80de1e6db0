"""The state of the backups in lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tresen.operations.backup.manifests import Manifest
from tresen.operations.backup.recipients import DEMO, MACHINE, PAPER
from tresen.operations.backup.status import Alarm, BackupStatus, Proof
from tresen.operations.machine.trouble import retold
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, number

SIZE_STEP = 1000
ALARMS: Mapping[Alarm, str] = {
    "off": gettext_noop("Backups are switched off (TRESEN_BACKUP)."),
    "unready": gettext_noop(
        "There are fewer than two recipients: no backup is taken. Run: tresen backup keys"
    ),
    "not_running": gettext_noop(
        "Nobody follows the database: the shop is closed, or its backup process died."
    ),
    "failing": gettext_noop("The last attempt failed"),
    "none_yet": gettext_noop("There is no backup yet; the first one is taken soon."),
    "backup_old": gettext_noop(
        "The newest backup is too old. Look at the log backup.log, then: tresen backup"
    ),
    "lagging": gettext_noop("The log has not reached the backups for more than five minutes."),
    "proof_failed": gettext_noop("The last restore drill failed"),
    "proof_old": gettext_noop("No restore drill has succeeded for days. Run: tresen backup drill"),
    "no_proof_yet": gettext_noop("No restore drill has run yet; the first one runs by itself."),
    "same_disk": gettext_noop(
        "Backups lie on the shop's own disk: name another one in TRESEN_BACKUP_TO."
    ),
    "all_keys_here": gettext_noop(
        "Every key to the backups lies on this machine. Run: tresen backup keys"
    ),
}
KINDS: Mapping[str, str] = {
    "full": gettext_noop("full"),
    "incremental": gettext_noop("incremental"),
}


def backup_lines(status: BackupStatus) -> list[str]:
    lines = [_("in {folder}, {size}", folder=status.target, size=size(status.bytes))]
    lines += [_manifest_line(one) for one in status.manifests]
    if status.until:
        lines.append(_("  log until {moment}", moment=moment(status.until)))
    if status.keystore_at:
        lines.append(_("  keys of people, apart: {moment}", moment=moment(status.keystore_at)))
    lines.append(_("encrypted to"))
    lines += [f"  {key}  {_label(label)}" for key, label in status.recipients] or [
        f"  {_('nobody yet')}"
    ]
    if proof := status.last_proof:
        word = _("held") if proof.held else _("FAILED: {reason}", reason=_why(proof))
        lines.append(
            _("last restore drill {moment}: {result}", moment=moment(proof.at), result=word)
        )
    lines += [f"! {alarm_words(alarm, status)}" for alarm in status.alarms]
    return lines


def _manifest_line(one: Manifest) -> str:
    kind = _(KINDS[one.kind]) if one.kind in KINDS else one.kind
    return _(
        "  {id}  {kind}  {size}  from {moment}",
        id=one.id,
        kind=f"{kind:<11}",
        size=f"{size(one.bytes):>8}",
        moment=moment(one.consistent_at),
    )


def _label(label: str) -> str:
    """What people wrote stays as it is."""
    return _(label) if label in {MACHINE, DEMO, PAPER} else label


def alarm_words(alarm: Alarm, status: BackupStatus) -> str:
    if alarm == "failing":
        return f"{_(ALARMS[alarm])}: {retold(status.trouble, status.trouble_note)}"
    if alarm == "proof_failed" and status.last_proof:
        return f"{_(ALARMS[alarm])}: {_why(status.last_proof)}"
    return _(ALARMS[alarm])


def _why(proof: Proof) -> str:
    return retold(proof.failure, proof.failure_note)


def moment(at: datetime) -> str:
    """In the zone of this machine, as `--to` takes it."""
    return at.astimezone().isoformat(timespec="seconds")


def size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < SIZE_STEP:
            return f"{number(count, 0 if unit == 'B' else 1)} {unit}"
        count /= SIZE_STEP
    return f"{number(count, 1)} TB"
