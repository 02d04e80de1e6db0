"""The audit: when it was sealed and examined last, and where its roots are kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.layout import CHECKOUT
from tresen.operations.postgres.server import status_of
from tresen.operations.words.speaking import gettext as _

STATUS_SECONDS_MAX = 60
HERE = "TRESEN_AUDIT_ANCHOR_FOLDER"
MAIL = "TRESEN_AUDIT_MAIL_TO"


def check_audit(patient: Patient) -> Sequence[Finding]:
    """In a process of its own, and only of a database that runs."""
    if not is_external(patient.environ) and not status_of(patient.data).running:
        return []
    told = subprocess.run(  # ourselves
        [sys.executable, "-m", "tresen", "audit", "status"],
        capture_output=True,
        text=True,
        timeout=STATUS_SECONDS_MAX,
        check=False,
        cwd=CHECKOUT,
        env={**patient.environ, "TRESEN_DATA": str(patient.data)},
    )
    return findings_of(told.returncode, told.stdout, patient)


def findings_of(code: int, said: str, patient: Patient) -> list[Finding]:
    """What the verb said, and whether the roots leave this machine."""
    lines = "; ".join(said.strip().splitlines())
    if code != 0 and not lines:
        return [
            note(_("The state of the audit could not be asked for."), _("Run: tresen audit status"))
        ]
    if code != 0:
        return [ill(lines, _("Run: tresen audit verify. Then follow docs/how-to/incident.md."))]
    if not patient.environ.get(HERE) and not patient.environ.get(MAIL):
        cure = _(
            "Point {folder} at a folder on another machine's disk, or have them mailed: {mail}.",
            folder=HERE,
            mail=MAIL,
        )
        return [well(lines), note(_("The roots of its seals are kept on this machine."), cure)]
    return [well(lines)]
