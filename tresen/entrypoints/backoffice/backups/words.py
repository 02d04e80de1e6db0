"""What alarms mean and what to do about them, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, pgettext, pgettext_lazy

from tresen.entrypoints.backoffice.kit.types import Chip, Words
from tresen.operations.backup.recipients import DEMO, MACHINE, PAPER
from tresen.operations.backup.status import GRAVE, Alarm, BackupStatus, Proof
from tresen.operations.machine.trouble import retold

SIZE_STEP = 1000
ALARMS: Mapping[Alarm, Words] = {
    "off": pgettext_lazy("backup", "Backups are switched off (TRESEN_BACKUP)."),
    "unready": pgettext_lazy(
        "backup",
        "No backup is taken: fewer than two keys could open it. At the machine, run: "
        "tresen backup keys",
    ),
    "not_running": pgettext_lazy(
        "backup",
        "Nobody follows the database at the moment: nothing new is saved. Start the shop with "
        "tresen run; if it runs, look at the log backup.log.",
    ),
    "failing": pgettext_lazy("backup", "The last attempt failed:"),
    "none_yet": pgettext_lazy("backup", "There is no backup yet. The first one is taken soon."),
    "backup_old": pgettext_lazy(
        "backup", "The newest backup is too old. Take one now; if that fails, the reason is here."
    ),
    "lagging": pgettext_lazy(
        "backup",
        "For more than five minutes nothing has reached the backups. Is their disk there, and is "
        "there room on it?",
    ),
    "proof_failed": pgettext_lazy("backup", "The last restore drill failed:"),
    "proof_old": pgettext_lazy(
        "backup", "For days no restore has proved these backups. Run a drill now."
    ),
    "no_proof_yet": pgettext_lazy(
        "backup", "No restore drill has run yet. The first one runs by itself."
    ),
    "same_disk": pgettext_lazy(
        "backup",
        "The backups lie on the shop's own disk and are lost with it. Name another disk or "
        "machine in TRESEN_BACKUP_TO.",
    ),
    "all_keys_here": pgettext_lazy(
        "backup",
        "Every key to the backups lies on this machine. Make one for paper, and one for a second "
        "holder: tresen backup keys",
    ),
}


def alarm_words(alarm: Alarm, status: BackupStatus) -> str:
    """One sentence, with the reason where there is one."""
    reason = ""
    if alarm == "failing":
        reason = retold(status.trouble, status.trouble_note, tell=gettext)
    elif alarm == "proof_failed" and status.last_proof:
        reason = failure_words(status.last_proof)
    return f"{ALARMS[alarm]} {reason}".strip()


def failure_words(proof: Proof) -> str:
    """Why a drill failed; empty where it held."""
    return retold(proof.failure, proof.failure_note, tell=gettext)


def state_chip(status: BackupStatus) -> Chip:
    """The whole in one word."""
    if status.is_grave:
        return Chip(pgettext("backup", "Needs attention"), "error")
    if not status.switched_on:
        return Chip(pgettext("backup", "Switched off"), "attention")
    if status.newest is None:
        return Chip(pgettext("backup", "Not yet"), "info")
    return Chip(pgettext("backup", "In order"), "ok")


def alarm_chip(alarm: Alarm) -> Chip:
    if alarm in GRAVE:
        return Chip(pgettext("backup", "Now"), "error")
    return Chip(pgettext("backup", "Soon"), "attention")


def kind_words(kind: str) -> str:
    return {
        "full": pgettext("backup kind", "whole"),
        "incremental": pgettext("backup kind", "changes"),
    }[kind]


def label_words(label: str) -> str:
    """What people wrote stays as it is; our own two are told in the reader's language."""
    ours = {
        MACHINE: gettext("this machine, for the nightly proof"),
        DEMO: gettext("demo shop, kept on this machine"),
        PAPER: gettext("paper"),
    }
    return ours.get(label, label)


def busy_words(errand: str) -> str:
    """What the keeper does at the moment; empty while it only follows."""
    return {
        "backup": gettext("A backup is being taken."),
        "drill": gettext("A restore drill is running."),
        "keystore": gettext("The keys of people are being saved."),
    }.get(errand, "")


def size_words(count: float, *, comma: bool) -> str:
    """Decimal units, as disks are sold."""
    units = ("B", "kB", "MB", "GB", "TB")
    step = 0
    while count >= SIZE_STEP and step < len(units) - 1:
        count, step = count / SIZE_STEP, step + 1
    text = f"{count:.0f}" if step == 0 else f"{count:.1f}"
    return f"{text.replace('.', ',') if comma else text} {units[step]}"


def seconds_words(seconds: float, *, comma: bool) -> str:
    text = f"{seconds:.1f}"
    return f"{text.replace('.', ',') if comma else text} s"
