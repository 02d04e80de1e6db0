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
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import number

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
                _(
                    "This is Python {found}; {wanted} or newer is needed.",
                    found=found,
                    wanted=wanted,
                ),
                _(
                    "Install Python {wanted}, remove the folder .venv, and run: make run",
                    wanted=wanted,
                ),
            )
        ]
    if sys.flags.optimize:
        return [
            ill(
                _("Python runs with -O: it skips the assertions that guard stock and money."),
                _("Leave -O away, and its switch in the environment, too."),
            )
        ]
    return [well(f"Python {found}")]


def check_disk(patient: Patient) -> Sequence[Finding]:
    free = shutil.disk_usage(_existing(patient.data)).free
    says = _("{room} GiB are free for {folder}", room=number(free / GIB, 1), folder=patient.data)
    if free < FREE_BYTES_MIN:
        return [ill(says, _("Free some space: a full disk stops every order."))]
    if free < FREE_BYTES_COMFORTABLE:
        return [note(says, _("Think of more space soon."))]
    return [well(says)]


def check_data_folder(patient: Patient) -> Sequence[Finding]:
    data = patient.data
    if not data.exists():
        place = _existing(data)
        if not os.access(place, os.W_OK | os.X_OK):
            says = _("{place} is not writable, {folder} cannot be made.", place=place, folder=data)
            return [ill(says, _other_folder())]
        return [note(_("{folder} is not there yet; the first `tresen run` makes it.", folder=data))]
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        says = _("This user may not write into {folder}.", folder=data)
        return [ill(says, _other_folder())]
    return [well(_("Data folder {folder}", folder=data)), *_elsewhere(data)]


def _elsewhere(data: Path) -> Sequence[Finding]:
    """The database, where its account cannot reach the data folder."""
    home = Layout(data).home
    if not home.is_symlink():
        return []
    place = home.readlink()
    if not home.exists():
        return [
            ill(
                _("The database should lie in {place}, which is not there.", place=place),
                _(
                    "Bring that folder back, or remove {link} to begin with an empty database.",
                    link=home,
                ),
            )
        ]
    return [
        note(
            _(
                "The database lies in {place}: its account cannot reach {folder}. "
                "Include that folder in your backups.",
                place=place,
                folder=data,
            )
        )
    ]


def check_keys(patient: Patient) -> Sequence[Finding]:
    """No file of the key folder may be read by anyone but its owner."""
    folder = Layout(patient.data).keys
    if not folder.exists():
        return [note(_("No keys yet; the first start makes them."))]
    if not os.access(folder, os.R_OK | os.X_OK):
        says = _("This user may not read {folder}.", folder=folder)
        return [ill(says, _("Run Tresen as the user who owns it."))]
    wrong = [path for path in (folder, *sorted(folder.iterdir())) if _is_open(path)]
    if not wrong:
        return [well(_("Keys are private"))]
    return [
        ill(
            _(
                "{path} can be read by others (mode {mode}).",
                path=path,
                mode=f"{stat.S_IMODE(path.stat().st_mode):04o}",
            ),
            f"chmod {'700' if path.is_dir() else '400'} {path}",
        )
        for path in wrong
    ]


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o777 & ~FOLDER_MODE)


def _existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _other_folder() -> str:
    return _("Take another folder with TRESEN_DATA, or give this one to the user who runs Tresen.")
