"""The data folder of the server: made once, checked at each start."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account, can_reach
from tresen.operations.postgres.keys import make_missing_keys, read_password
from tresen.operations.postgres.layout import SUPERUSER, Layout
from tresen.operations.postgres.programs import run_program
from tresen.operations.words.speaking import gettext_noop as _

SYSTEM_FOLDER = Path("/var/lib")
INITDB_SECONDS_MAX = 120
PRIVATE = 0o700
LOCALE = ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C")


class ClusterNotMade(Trouble):
    """initdb failed; the message carries what it said."""


class ClusterForeign(Trouble):
    """The data folder cannot be used: wrong version, owner or a squatted socket folder."""


def prepare_home(layout: Layout, account: Account) -> None:
    """Folders that the server's account owns; nothing else changes its owner."""
    layout.data.mkdir(parents=True, exist_ok=True)
    if layout.home.is_symlink() and not layout.home.exists():
        raise ClusterForeign(
            _(
                "{link} points to {folder}, which is not there. Bring that folder back "
                "(is a disk not mounted?), or remove the link to begin with empty data."
            ),
            link=layout.home,
            folder=layout.home.readlink(),
        )
    if not layout.home.exists():
        if account.drops and not can_reach(layout.data, account):
            layout.home.symlink_to(tempfile.mkdtemp(prefix="tresen-", dir=SYSTEM_FOLDER))
        else:
            layout.home.mkdir(mode=PRIVATE)
    for folder in (layout.home, layout.log):
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        _give(folder, account)
    _prepare_socket(layout.socket, account)


def make_cluster(layout: Layout, account: Account, *, binaries: Path, durable: bool) -> None:
    """initdb into a draft folder, so that a cut leaves nothing half made behind."""
    make_missing_keys(layout)
    home = layout.home.resolve()
    draft = home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    secret = home / "initdb.secret"
    try:
        _hand_over(secret, read_password(layout, SUPERUSER) or "", account)
        _initdb(draft, secret, account, binaries=binaries, durable=durable)
    finally:
        secret.unlink(missing_ok=True)
    draft.rename(home / "data")


def check_cluster(layout: Layout, account: Account, *, binaries: Path) -> None:
    found = (layout.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    told = run_program(
        [binaries / "postgres", "--version"], account, seconds_max=INITDB_SECONDS_MAX
    ).stdout
    ours = told.rpartition(" ")[2].strip().partition(".")[0]
    if found != ours:
        raise ClusterForeign(
            _(
                "{folder} was made by PostgreSQL {found}, the binaries are {ours}. "
                "Dump the data with the old release of Tresen and load it with this one."
            ),
            folder=layout.cluster,
            found=found,
            ours=ours,
        )
    if not account.owns(layout.cluster):
        raise ClusterForeign(
            _(
                "{folder} belongs to another user than {account}. Start Tresen as that "
                "user, or take another data folder with TRESEN_DATA."
            ),
            folder=layout.cluster,
            account=account.name,
        )


def reset_superuser(layout: Layout, account: Account, *, binaries: Path) -> None:
    """The superuser's key was lost: a new one, set while the server stands still."""
    make_missing_keys(layout)
    password = read_password(layout, SUPERUSER)
    told = run_program(
        [binaries / "postgres", "--single", "-D", layout.cluster.resolve(), "postgres"],
        account,
        seconds_max=INITDB_SECONDS_MAX,
        stdin=f"ALTER ROLE {SUPERUSER} PASSWORD '{password}';\n",
    )
    if told.returncode != 0:
        words = _("The superuser's key could not be set: {words}")
        raise ClusterForeign(words, words=told.stderr[-2000:])


def _initdb(target: Path, secret: Path, account: Account, *, binaries: Path, durable: bool) -> None:
    made = run_program(
        [
            binaries / "initdb",
            f"--pgdata={target}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--auth=scram-sha-256",
            "--data-checksums",
            *LOCALE,
            *(() if durable else ("--no-sync",)),
        ],
        account,
        seconds_max=INITDB_SECONDS_MAX,
    )
    if made.returncode != 0:
        said = f"{made.stdout[-2000:]}{made.stderr[-2000:]}".strip()
        raise ClusterNotMade(_("initdb failed:\n{words}"), words=said)


def _prepare_socket(folder: Path, account: Account) -> None:
    try:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    except OSError as failure:
        raise ClusterForeign(
            _(
                "The folder {folder} for the database's socket cannot be made: {reason}. "
                "Take another data folder with TRESEN_DATA, one with a short path."
            ),
            folder=folder,
            reason=failure.strerror,
        ) from failure
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid not in {os.geteuid(), account.uid}:
        raise ClusterForeign(
            _(
                "{folder} belongs to somebody else. Remove it, or take a data folder with a "
                "shorter path through TRESEN_DATA."
            ),
            folder=folder,
        )
    if stat.S_IMODE(about.st_mode) != PRIVATE:
        folder.chmod(PRIVATE)
    _give(folder, account)


def _give(path: Path, account: Account) -> None:
    if not account.owns(path):
        os.chown(path, account.uid, account.gid)


def _hand_over(path: Path, text: str, account: Account) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    _give(path, account)
