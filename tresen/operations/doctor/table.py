"""All checks, in the order in which one thing stands on another. Add yours here."""

from __future__ import annotations

from collections.abc import Sequence

from tresen.operations.doctor.audit import check_audit
from tresen.operations.doctor.backups import check_backups
from tresen.operations.doctor.database import (
    check_binaries,
    check_roles,
    check_server,
    check_tables,
)
from tresen.operations.doctor.entrance import check_openid
from tresen.operations.doctor.ground import (
    check_data_folder,
    check_disk,
    check_keys,
    check_python,
)
from tresen.operations.doctor.people import check_people
from tresen.operations.doctor.traces import check_port, check_shop, check_stale_server
from tresen.operations.doctor.types import Check, Examination, Finding, Patient, ill
from tresen.operations.doctor.vault import check_vault
from tresen.operations.doctor.watches import check_watches
from tresen.operations.words.speaking import gettext
from tresen.operations.words.speaking import gettext_noop as _

CHECKS: tuple[tuple[str, Check], ...] = (
    ("Python", check_python),
    (_("Sign-in of the staff"), check_openid),
    (_("Disk"), check_disk),
    (_("Data folder"), check_data_folder),
    (_("Keys"), check_keys),
    (_("Database programs"), check_binaries),
    (_("Database"), check_server),
    (_("Left behind"), check_stale_server),
    (_("Roles"), check_roles),
    (_("Tables"), check_tables),
    (_("Keys of people"), check_vault),
    (_("People's data"), check_people),
    (_("Backups"), check_backups),
    (_("Watches"), check_watches),
    (_("Audit"), check_audit),
    (_("Shop"), check_shop),
    (_("Port"), check_port),
)


def examine(patient: Patient, *, checks: Sequence[tuple[str, Check]] = CHECKS) -> list[Examination]:
    """Every check, whatever the others say; one that fails itself is a finding, too."""
    return [Examination(name, tuple(_ask(check, patient))) for name, check in checks]


def is_healthy(examinations: Sequence[Examination]) -> bool:
    return all(finding.verdict != "ill" for one in examinations for finding in one.findings)


def _ask(check: Check, patient: Patient) -> Sequence[Finding]:
    try:
        return check(patient)
    except Exception as failure:  # the doctor does not fall ill with the patient
        return [
            ill(
                gettext(
                    "This could not be looked at: {failure}",
                    failure=f"{type(failure).__name__}: {failure}",
                ),
                gettext("Please report it, with these words."),
            )
        ]
