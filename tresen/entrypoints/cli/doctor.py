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

MARKS = {"well": "ok   ", "note": "note ", "ill": "WRONG"}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="only what is wrong")


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
    width = max(len(one.name) for one in examinations)
    lines = []
    for one in examinations:
        for finding in one.findings:
            if quiet and finding.verdict != "ill":
                continue
            says = finding.says.replace("\n", "\n" + " " * 6)
            lines.append(f"{MARKS[finding.verdict]} {one.name:<{width}}  {says}")
            if finding.cure:
                lines.append(f"      {'':<{width}}  → {finding.cure}")
    closing = "All is well." if is_healthy(examinations) else "Something is wrong; see above."
    return [*lines, closing]
