"""Where everything of the embedded server lies below the data folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]

SUPERUSER = "tresen_super"
OWNER = "tresen_owner"
APP = "tresen_app"
BACKUP = "tresen_backup"
BACKUP_SCHEMA = "tresen_backup"
"""Where that role leaves its marker rows."""
WORKER = "tresen_worker"
REPORT = "tresen_report"
STAFF = "tresen_staff"
"""Never signs in: the web's role becomes it for a request of staff with single stores."""
DATABASE = "tresen"
DEFAULT_PORT = 5432
WAITING = "waiting.conf"

SOCKET_PATH_BYTES_MAX = 103
"""Of sun_path: 108 bytes with its zero on Linux, 104 on macOS."""
SHORT_FOLDER = Path("/tmp")  # noqa: S108  # private subfolder, owner and mode are checked


def data_folder(environ: Mapping[str, str]) -> Path:
    """TRESEN_DATA, else `var` in the checkout."""
    return Path(environ.get("TRESEN_DATA") or CHECKOUT / "var").resolve()


def asked_port(environ: Mapping[str, str]) -> int | None:
    """TCP is opened only where TRESEN_DB_PORT names a port."""
    asked = environ.get("TRESEN_DB_PORT")
    return int(asked) if asked else None


@dataclass(frozen=True)
class Layout:
    """Names only; nothing here touches the disk."""

    data: Path

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def home(self) -> Path:
        """Belongs to the account that runs the server; a link where that cannot reach `data`."""
        return self.data / "postgres"

    @property
    def cluster(self) -> Path:
        return self.home / "data"

    @property
    def waiting(self) -> Path:
        """Names the receiver that commits wait for; each start of the server forgets it."""
        return self.cluster / WAITING

    @property
    def restore_mark(self) -> Path:
        """Present from the first byte of a restore until every check of it has passed."""
        return self.data / "restore.unfinished"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def start_log(self) -> Path:
        """What the server says before its own log begins."""
        return self.log / "start.log"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def guard_lock(self) -> Path:
        """Held by the one guard as long as it lives."""
        return self.run / "postgres.guard"

    @property
    def users_lock(self) -> Path:
        """Shared by everyone who uses the server; free means: it may stop."""
        return self.run / "postgres.users"

    @property
    def provision_lock(self) -> Path:
        return self.run / "postgres.provision"

    @property
    def provision_note(self) -> Path:
        """Says which plan was carried out on this server; without it, it is carried out again."""
        return self.run / "postgres.provisioned"

    @property
    def state_file(self) -> Path:
        return self.run / "postgres.json"

    @property
    def kept_mark(self) -> Path:
        """Present after `tresen db start`: the server stays although nobody uses it."""
        return self.run / "postgres.kept"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket; a short one where the path would be too long."""
        usual = self.home / "socket"
        name = f".s.PGSQL.{65535}"
        if len(os.fsencode(usual / name)) <= SOCKET_PATH_BYTES_MAX:
            return usual
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return SHORT_FOLDER / f"tresen-{digest}"
