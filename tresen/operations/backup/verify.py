"""Is the copy sound? Asked of PostgreSQL's own programs, never of our code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account
from tresen.operations.postgres.programs import run_program
from tresen.operations.words.speaking import gettext_noop as _

VERIFY_SECONDS_MAX = 6 * 3600.0


class CopyUnsound(Trouble):
    """A check of the copy failed; the message carries the program's words."""


def check_copy(cluster: Path, *, account: Account, binaries: Path) -> None:
    """Each file of the base backup against its checksum, before anything runs on it."""
    _run(
        [binaries / "pg_verifybackup", "--no-parse-wal", "--quiet", cluster],
        account,
        about=_("The copied cluster differs from what the server sent:\n{words}"),
    )


def check_pages(cluster: Path, *, account: Account, binaries: Path) -> None:
    """Each page's own checksum; the server stands still."""
    _run(
        [binaries / "pg_checksums", "--check", "--pgdata", cluster],
        account,
        about=_("Pages of the restored database are damaged:\n{words}"),
    )


def check_indexes(
    socket: Path, *, superuser: str, database: str, account: Account, binaries: Path
) -> None:
    """Tables and indexes hold together; the extension amcheck must be there."""
    _run(
        [
            binaries / "pg_amcheck",
            *("--host", socket, "--username", superuser, "--no-password"),
            *("--database", database),
        ],
        account,
        about=_("Tables or indexes of the restored database do not hold together:\n{words}"),
    )


def _run(command: Sequence[str | Path], account: Account, *, about: str) -> None:
    told = run_program(command, account, seconds_max=VERIFY_SECONDS_MAX)
    if told.returncode != 0:
        words = (told.stdout + told.stderr).strip()[-1500:]
        raise CopyUnsound(about, words=words)
