"""The server that is backed up: how to reach it, and whether it lets itself be copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.foundation.database.limits import CONNECT_SECONDS_MAX
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.address import is_external, libpq_parameters
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import BACKUP, DATABASE, Layout
from tresen.operations.postgres.provision import superuser
from tresen.operations.postgres.state import read_state
from tresen.operations.words.speaking import gettext_noop as _

VERSION = 18
"""The programs we carry take and restore copies of this version only."""
ADVICE = _(
    "Until then, back that server up with its own means (its provider's point-in-time "
    "recovery, or pgBackRest), encrypted and with a second copy elsewhere, and set "
    "TRESEN_BACKUP=off to say that you do."
)


class SourceUnfit(Trouble):
    """This server cannot be backed up by us; the message says what the operator must do."""


@dataclass(frozen=True)
class Source:
    """`parameters` are libpq's, for a role that may replicate."""

    parameters: Mapping[str, str]
    is_ours: bool

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        try:
            return psycopg.connect(make_conninfo("", **self.parameters), autocommit=True)
        except psycopg.OperationalError as refused:
            raise SourceUnfit(
                _("The database cannot be reached: {reason}"), reason=str(refused).strip()
            ) from refused

    @property
    def environ(self) -> dict[str, str]:
        """For the server's programs; nothing secret stands on a command line."""
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        extra = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
        told = {**names, **extra}
        return {told[name]: value for name, value in self.parameters.items() if name in told}


def source_of(places: BackupPlaces, environ: Mapping[str, str]) -> Source:
    """The embedded server must be running. Raises SourceUnfit for a foreign one that is not fit."""
    if is_external(environ):
        source = Source(libpq_parameters("owner", data=places.data, environ=environ), is_ours=False)
        _check_fit(source)
        return source
    layout = Layout(places.data)
    state = read_state(layout)
    if state is None or state.phase != "ready":
        raise SourceUnfit(_("The database is not running. Start the shop, or say: tresen db start"))
    return Source(
        {
            "host": str(layout.socket),
            "port": str(state.port),
            "user": BACKUP,
            "password": read_password(layout, BACKUP) or "",
            "dbname": DATABASE,
            "connect_timeout": str(CONNECT_SECONDS_MAX),
        },
        is_ours=True,
    )


def set_synchronous(places: BackupPlaces, *, standby: str) -> None:
    """Commits wait for that receiver from now on; empty: for nobody. Our own server only."""
    layout = Layout(places.data)
    state = read_state(layout)
    if state is None:
        return
    quoted = standby.replace("'", "''")
    layout.waiting.write_text(f"synchronous_standby_names = '{quoted}'\n", encoding="ascii")
    with superuser(layout, port=state.port, database="postgres") as connection:
        connection.execute("SELECT pg_reload_conf()")


def _check_fit(source: Source) -> None:
    with source.connect() as connection:
        row = connection.execute(
            """
            SELECT current_setting('server_version_num')::int / 10000, current_user,
                   (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user),
                   current_setting('wal_level'), current_setting('max_wal_senders')::int
            """
        ).fetchone()
    assert row is not None
    version, user, may_replicate, level, senders = row
    advice = Trouble(ADVICE)
    if version != VERSION:
        raise SourceUnfit(
            _(
                "The PostgreSQL behind DATABASE_URL is version {found}; Tresen can copy and "
                "restore version {wanted}. {advice}"
            ),
            found=version,
            wanted=VERSION,
            advice=advice,
        )
    if not may_replicate:
        raise SourceUnfit(
            _(
                "The user {user} of DATABASE_URL may not copy the server. As an administrator, "
                "run: ALTER ROLE {user} REPLICATION; and admit it for `replication` in "
                "pg_hba.conf. {advice}"
            ),
            user=user,
            advice=advice,
        )
    if level == "minimal" or senders == 0:
        raise SourceUnfit(
            _(
                "The PostgreSQL behind DATABASE_URL keeps no log that could be followed. Set "
                "wal_level = replica and max_wal_senders = 10 there and restart it. {advice}"
            ),
            advice=advice,
        )
