"""Where backups go and what is noted beside the shop: names only, nothing touches the disk."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

GIB = 1024**3
OWN_DISK_BYTES_MAX = 4 * GIB
"""What backups may take where nobody named a place of their own for them."""
KEY_FILES = ("TRESEN_KEY_FILE", "TRESEN_AUDIT_KEY_FILE")
OFF = frozenset({"off", "no", "0"})


class BackupSettingWrong(Trouble):
    """A TRESEN_BACKUP… variable cannot be understood."""


@dataclass(frozen=True)
class BackupPlaces:
    """The folder of the shop, the folder of its backups, and what bounds the latter."""

    data: Path
    target: Path
    is_named: bool
    """TRESEN_BACKUP_TO names the target; else it lies on the shop's own disk."""
    switched_on: bool = True
    synchronous: bool = False
    """No commit is acknowledged before it lies encrypted in the target."""
    bytes_max: float = math.inf
    other_keys: tuple[Path, ...] = ()
    """Key files that lie elsewhere than in the key folder."""

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def erasures(self) -> Path:
        """The erasure ledger: one line for each person who was erased, ids only."""
        return self.keys / "erasures.jsonl"

    @property
    def machine_identity(self) -> Path:
        """Opens backups on this machine, for the nightly proof. Not itself in any backup."""
        return self.keys / "backup_identity"

    @property
    def demo_identity(self) -> Path:
        """The second identity of a demo shop; a real one's lies on paper, elsewhere."""
        return self.keys / "backup_identity_demo"

    @property
    def signer(self) -> Path:
        return self.keys / "backup_signer"

    @property
    def home(self) -> Path:
        """What the keeper notes: recipients, chain, status, proofs. Nothing secret."""
        return self.data / "backup"

    @property
    def recipients(self) -> Path:
        return self.home / "recipients"

    @property
    def chain(self) -> Path:
        return self.home / "chain.json"

    @property
    def status(self) -> Path:
        return self.home / "status.json"

    @property
    def proofs(self) -> Path:
        return self.home / "proofs.jsonl"

    @property
    def packs(self) -> Path:
        """Which file of the shop lies in which pack."""
        return self.home / "packs.json"

    @property
    def manifests(self) -> Path:
        """The server's own manifests: the next incremental backup is taken against one."""
        return self.home / "manifests"

    @property
    def wishes(self) -> Path:
        """Empty files named by what somebody wants done now; the keeper takes them away."""
        return self.home / "wishes"

    @property
    def drills(self) -> Path:
        """Scratch folders of restore drills; empty between them."""
        return self.home / "drills"

    @property
    def drill_lock(self) -> Path:
        return self.data / "run" / "backup.drill"

    @property
    def keeper_lock(self) -> Path:
        return self.data / "run" / "backup.keeper"


def places_of(data: Path, environ: Mapping[str, str]) -> BackupPlaces:
    """From TRESEN_BACKUP (off), …_TO (folder), …_SYNCHRONOUS (1) and …_GIB (limit)."""
    named = environ.get("TRESEN_BACKUP_TO") or ""
    return BackupPlaces(
        data=data,
        target=Path(named).resolve() if named else data / "backups",
        is_named=bool(named),
        switched_on=environ.get("TRESEN_BACKUP", "on") not in OFF,
        synchronous=environ.get("TRESEN_BACKUP_SYNCHRONOUS") == "1",
        other_keys=tuple(Path(environ[name]) for name in KEY_FILES if environ.get(name)),
        bytes_max=_limit(environ.get("TRESEN_BACKUP_GIB") or "", is_named=bool(named)),
    )


def _limit(text: str, *, is_named: bool) -> float:
    if not text:
        return math.inf if is_named else OWN_DISK_BYTES_MAX
    try:
        asked = float(text)
    except ValueError:
        asked = 0.0
    if not 0 < asked < math.inf:
        raise BackupSettingWrong(
            _("TRESEN_BACKUP_GIB is {given}; write how many GiB backups may take, for example 50."),
            given=repr(text),
        )
    return asked * GIB
