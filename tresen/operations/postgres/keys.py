"""The passwords of the database roles: random, one file each, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import (
    APP,
    BACKUP,
    OWNER,
    REPORT,
    SUPERUSER,
    WORKER,
    Layout,
)
from tresen.operations.words.speaking import gettext_noop as _

PASSWORD_BYTES = 24
KEY_MODE = 0o400
FOLDER_MODE = 0o700
ROLES = (SUPERUSER, OWNER, APP, WORKER, REPORT, BACKUP)


class KeyUnreadable(Trouble):
    """A key file is there, but this user may not read it."""


def key_file(layout: Layout, role: str) -> Path:
    return layout.keys / f"database_{role.removeprefix('tresen_')}"


def read_password(layout: Layout, role: str) -> str | None:
    """None where the key is not made yet."""
    path = key_file(layout, role)
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except PermissionError as refused:
        raise KeyUnreadable(
            _(
                "{path} may not be read by this user. Run the command as the user who owns it, "
                "or take another data folder with TRESEN_DATA."
            ),
            path=path,
        ) from refused


def make_missing_keys(layout: Layout) -> frozenset[str]:
    """Create what is missing, and say for which roles."""
    layout.keys.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    made = [role for role in ROLES if not key_file(layout, role).exists()]
    for role in made:
        _write_once(key_file(layout, role), secrets.token_urlsafe(PASSWORD_BYTES))
    return frozenset(made)


def _write_once(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEY_MODE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
