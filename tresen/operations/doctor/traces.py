"""What earlier runs left behind, and who sits on the port."""

from __future__ import annotations

from collections.abc import Sequence

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.ports import check_port_free
from tresen.operations.machine.processes import is_alive, started_at
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.postmaster import is_our_server, read_pid_file
from tresen.operations.running.notice import Notice, lock_file, read_notice
from tresen.operations.words.speaking import gettext as _


def check_shop(patient: Patient) -> Sequence[Finding]:
    """Open, closed, or fallen over."""
    notice = read_notice(patient.data)
    if is_held(lock_file(patient.data)):
        return [well(_open_shop(notice))]
    if notice is None:
        return [note(_("The shop is closed; `tresen run` opens it."))]
    left = [
        pid for pid, born in notice.children.items() if is_alive(pid) and started_at(pid) == born
    ]
    says = _("The shop was not closed in order the last time.")
    if left:
        says = _(
            "The shop was not closed in order the last time; of its processes these are still "
            "there: {processes}.",
            processes=", ".join(map(str, left)),
        )
    return [note(says, _("Nothing to do: the next `tresen run` clears this away."))]


def _open_shop(notice: Notice | None) -> str:
    if notice is None:
        return _("The shop is open")
    return _(
        "The shop is open at {address} (process {process})",
        address=notice.address,
        process=notice.pid,
    )


def check_stale_server(patient: Patient) -> Sequence[Finding]:
    """A pid file without its server, or a server without its guard."""
    layout = Layout(patient.data)
    noted = read_pid_file(layout)
    if not noted.pid or is_held(layout.guard_lock):
        return []
    if is_our_server(noted.pid, layout):
        return [
            note(
                _(
                    "A database server (process {process}) runs without its guard.",
                    process=noted.pid,
                ),
                _("Nothing to do: the next start ends it in order and takes over."),
            )
        ]
    return [
        note(
            _("{file} is left over from a server that was killed.", file=layout.pid_file),
            _("Nothing to do: the next start recovers from it."),
        )
    ]


def check_port(patient: Patient) -> Sequence[Finding]:
    if is_held(lock_file(patient.data)):
        return []
    try:
        check_port_free(patient.host, patient.port)
    except Trouble as trouble:
        says, _dot, cure = str(trouble).partition(". ")
        return [ill(f"{says}.", cure)]
    return [well(_("Port {port} is free", port=patient.port))]
