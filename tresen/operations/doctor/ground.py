"""What the shop stands on: Python, disk, the data folder and its keys."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.postgres.keys import FOLDER_MODE
from tresen.operations.postgres.layout import Layout

PYTHON_MIN = (3, 11)
GIB = 1024**3
FREE_BYTES_MIN = GIB
FREE_BYTES_COMFORTABLE = 5 * GIB


def check_python(_patient: Patient) -> Sequence[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < PYTHON_MIN:
        wanted = ".".join(str(part) for part in PYTHON_MIN)
        return [
            ill(
                f"This is Python {found}; {wanted} or newer is needed.",
                f"Install Python {wanted}, remove the folder .venv, and run: make run",
            )
        ]
    if sys.flags.optimize:
        return [
            ill(
                "Python runs with -O: it skips the assertions that guard stock and money.",
                "Leave -O away, and its switch in the environment, too.",
            )
        ]
    return [well(f"Python {found}")]


def check_disk(patient: Patient) -> Sequence[Finding]:
    free = shutil.disk_usage(_existing(patient.data)).free
    says = f"{free / GIB:.1f} GiB are free for {patient.data}"
    if free < FREE_BYTES_MIN:
        return [ill(says, "Free some space: a full disk stops every order.")]
    if free < FREE_BYTES_COMFORTABLE:
        return [note(says, "Think of more space soon.")]
    return [well(says)]


def check_data_folder(patient: Patient) -> Sequence[Finding]:
    data = patient.data
    if not data.exists():
        place = _existing(data)
        if not os.access(place, os.W_OK | os.X_OK):
            return [ill(f"{place} is not writable, {data} cannot be made.", _other_folder())]
        return [note(f"{data} is not there yet; the first `tresen run` makes it.")]
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return [ill(f"This user may not write into {data}.", _other_folder())]
    findings = [well(f"Data folder {data}")]
    home = Layout(data).home
    if home.is_symlink() and not home.exists():
        findings.append(
            ill(
                f"The database should lie in {home.readlink()}, which is not there.",
                f"Bring that folder back, or remove {home} to begin with an empty database.",
            )
        )
    elif home.is_symlink():
        findings.append(
            note(
                f"The database lies in {home.readlink()}: its account cannot reach {data}. "
                "Include that folder in your backups."
            )
        )
    return findings


def check_keys(patient: Patient) -> Sequence[Finding]:
    """No file of the key folder may be read by anyone but its owner."""
    folder = Layout(patient.data).keys
    if not folder.exists():
        return [note("No keys yet; the first start makes them.")]
    if not os.access(folder, os.R_OK | os.X_OK):
        return [ill(f"This user may not read {folder}.", "Run Tresen as the user who owns it.")]
    wrong = [path for path in (folder, *sorted(folder.iterdir())) if _is_open(path)]
    if not wrong:
        return [well("Keys are private")]
    return [
        ill(
            f"{path} can be read by others (mode {stat.S_IMODE(path.stat().st_mode):04o}).",
            f"chmod {'700' if path.is_dir() else '400'} {path}",
        )
        for path in wrong
    ]


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o777 & ~FOLDER_MODE)


def _existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _other_folder() -> str:
    return "Take another folder with TRESEN_DATA, or give this one to the user who runs Tresen."
