"""The server on a copy: works through the log up to the wanted moment, closed to everyone else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account
from tresen.operations.postgres.configuration import Wishes, write_configuration
from tresen.operations.postgres.layout import DEFAULT_PORT, Layout
from tresen.operations.postgres.postmaster import Postmaster, ServerNotStarted, log_tail

RECOVERY_SECONDS_MAX = 24 * 3600.0
TOO_SHORT = "recovery ended before configured recovery target was reached"
LEFT_ALONE = (
    "archive_",
    "primary_",
    "recovery_",
    "restore_command",
    "synchronous_standby_names",
    "hot_standby",
)
"""Settings that an administrator made by ALTER SYSTEM and that belong to the old place."""


class NotRecovered(Trouble):
    """The server did not come up on the copy."""


@dataclass(frozen=True)
class Copy:
    """A restored cluster below a folder that is laid out like a shop's."""

    layout: Layout
    account: Account
    binaries: Path
    superuser: str
    database: str

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.layout.socket),
            port=DEFAULT_PORT,
            user=self.superuser,
            dbname=self.database,
            autocommit=True,
        )


@contextmanager
def recovered(copy: Copy, *, log: Path, at: datetime | None, only_base: bool) -> Iterator[None]:
    """The server runs inside this block, alone behind its socket. Raises NotRecovered."""
    target = _target_of(at, only_base=only_base)
    try:
        server = _start(copy, log=log, target=target)
    except ServerNotStarted as failure:
        if TOO_SHORT not in log_tail(copy.layout, lines=40):
            raise NotRecovered(failure.words, **failure.places) from failure
        server = _start(copy, log=log, target={})  # all there is lies before that moment
    try:
        yield
    finally:
        server.stop()


def settle(copy: Copy) -> None:
    """As a shop's own server is configured: passwords for everyone, nothing of the recovery."""
    write_configuration(copy.layout.cluster, _wishes(copy.layout))


def _start(copy: Copy, *, log: Path, target: dict[str, str]) -> Postmaster:
    cluster = copy.layout.cluster.resolve()
    write_configuration(cluster, _wishes(copy.layout))
    _forget_old_place(cluster)
    (cluster / "pg_hba.conf").write_text("local all all trust\n", encoding="ascii")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(copy.layout.socket.resolve()),
        "port": str(DEFAULT_PORT),
        "hot_standby": "off",
        "archive_mode": "off",
        "summarize_wal": "off",
        "restore_command": f"cp -- {_for_shell(log)}/%f %p",
        "recovery_target_timeline": "current",
        "recovery_target_action": "promote",
        **target,
    }
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()
    ]
    with (cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    (cluster / "recovery.signal").touch()
    server = Postmaster(
        copy.layout, copy.account, copy.binaries, ready_seconds_max=RECOVERY_SECONDS_MAX
    )
    server.start()
    return server


def _target_of(at: datetime | None, *, only_base: bool) -> dict[str, str]:
    if only_base:
        return {"recovery_target": "immediate"}
    if at is None:
        return {}
    return {"recovery_target_time": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00"}


def _forget_old_place(cluster: Path) -> None:
    auto = cluster / "postgresql.auto.conf"
    if not auto.exists():
        return
    lines = auto.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.strip().startswith(LEFT_ALONE)]
    auto.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _for_shell(path: Path) -> str:
    return shlex.quote(str(path)).replace("%", "%%")


def _wishes(layout: Layout) -> Wishes:
    return Wishes(socket=layout.socket.resolve(), port=DEFAULT_PORT, tcp=False, throwaway=False)
