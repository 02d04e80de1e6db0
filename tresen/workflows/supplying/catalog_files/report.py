"""The report of an import: one row for each record refused and each field left out."""

from __future__ import annotations

import csv
from typing import IO, Final, Self

from django.utils.translation import gettext

from tresen.domains.catalog.rules.refusals import parted
from tresen.workflows.supplying.catalog_files.faults import RecordFault

COLUMNS: Final = (
    "outcome",
    "file",
    "line",
    "sku",
    "field",
    "reason",
    "remedy",
    "code",
    "mapping_line",
)
REFUSED: Final = "refused"
LEFT_OUT: Final = "field left out"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run; in a report, unlike an export, such a cell gets an apostrophe."""


class Report:
    """A CSV file that is only made when there is something to say."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, fault: RecordFault) -> None:
        if self._file is None:
            self._file = open(self._path, "w", encoding="utf-8-sig", newline="")  # noqa: PTH123, SIM115
            csv.writer(self._file).writerow(COLUMNS)
        csv.writer(self._file).writerow([_safe(cell) for cell in cells_of(fault)])
        self.rows += 1


def cells_of(fault: RecordFault) -> list[str]:
    """In the language that is active."""
    refusal = fault.refusal
    reason, remedy = parted(gettext(refusal.message) % refusal.params)
    return [
        LEFT_OUT if fault.left_out else REFUSED,
        fault.file,
        str(fault.line),
        fault.sku,
        refusal.field,
        reason,
        remedy,
        refusal.code,
        str(fault.mapping_line or ""),
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
