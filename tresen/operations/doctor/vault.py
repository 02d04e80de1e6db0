"""People's keys: are they changed each week, and is anything left of older ones."""

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
STALE = 3
"""The verb's own word for keys that nobody changed."""


def check_vault(patient: Patient) -> Sequence[Finding]:
    """In a process of its own, and only of a database that runs."""
    if not is_external(patient.environ) and not status_of(patient.data).running:
        return []
    told = subprocess.run(  # ourselves
        [sys.executable, "-m", "tresen", "keys", "status"],
        capture_output=True,
        text=True,
        timeout=STATUS_SECONDS_MAX,
        check=False,
        cwd=CHECKOUT,
        env={**patient.environ, "TRESEN_DATA": str(patient.data)},
    )
    return findings_of(told.returncode, told.stdout, told.stderr)


def findings_of(code: int, said: str, trouble: str = "") -> list[Finding]:
    """The first line is how they stand; further lines are what older keys are still needed for."""
    first, *left = [line.strip() for line in said.strip().splitlines()] or [""]
    if code == STALE:
        return [ill(first, _("Is the worker running? Then: tresen keys rotate"))]
    if code != 0:
        last = (trouble.strip().splitlines() or [_("it says nothing")])[-1]
        return [
            ill(
                _("The keys of people's data cannot be opened: {reason}", reason=last),
                _(
                    "Is the root key there (TRESEN_ROOT_KEY, keys/root.key)? Bring it back from "
                    "where you keep its copy; docs/how-to/run.md says where."
                ),
            )
        ]
    return [well(first), *(note(line, _("It ends by itself, at night.")) for line in left)]
