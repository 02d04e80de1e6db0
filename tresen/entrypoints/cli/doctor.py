"""Look at everything the shop stands on: what is wrong, and how to mend it.

Nothing is started or changed. The exit code is 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from tresen.entrypoints.cli.run import HOST_DEFAULT, PORT_DEFAULT, port_of
from tresen.operations.doctor.table import examine, is_healthy
from tresen.operations.doctor.types import Examination, Patient
from tresen.operations.postgres.layout import data_folder
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop

MARKS = {"well": gettext_noop("ok"), "note": gettext_noop("note"), "ill": gettext_noop("WRONG")}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help=_("only what is wrong"))


def act(arguments: argparse.Namespace) -> int:
    patient = Patient(
        data=data_folder(os.environ),
        environ=dict(os.environ),
        host=os.environ.get("HOST") or HOST_DEFAULT,
        port=port_of(os.environ.get("PORT") or str(PORT_DEFAULT)),
    )
    examinations = examine(patient)
    print("\n".join(report(examinations, quiet=arguments.quiet)))
    return 0 if is_healthy(examinations) else 1


def report(examinations: Sequence[Examination], *, quiet: bool) -> list[str]:
    marks = {verdict: _(mark) for verdict, mark in MARKS.items()}
    before = max(map(len, marks.values()))
    width = max(len(_(one.name)) for one in examinations)
    lines = []
    for one in examinations:
        for finding in one.findings:
            if quiet and finding.verdict != "ill":
                continue
            says = finding.says.replace("\n", "\n" + " " * (before + 1))
            lines.append(f"{marks[finding.verdict]:<{before}} {_(one.name):<{width}}  {says}")
            if finding.cure:
                lines.append(f"{'':<{before + 1 + width}}  → {finding.cure}")
    if is_healthy(examinations):
        return [*lines, _("All is well.")]
    return [*lines, _("Something is wrong; see above.")]
