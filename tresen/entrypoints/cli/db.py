"""The embedded database: start it and let it stay, stop it, look at it, talk to it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tresen.foundation.database.limits import Role
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import account_for
from tresen.operations.postgres.address import database_settings, is_external
from tresen.operations.postgres.binaries import binaries_for
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import SUPERUSER, Layout, data_folder
from tresen.operations.postgres.server import start_kept, status_of, stop, using_server
from tresen.operations.postgres.state import Phase
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop

ROLES: tuple[Role | Literal["super"], ...] = ("app", "worker", "report", "owner", "super")
PHASES: Mapping[Phase, str] = {
    "starting": gettext_noop("starting"),
    "ready": gettext_noop("ready"),
    "failed": gettext_noop("failed"),
    "stopping": gettext_noop("stopping"),
}


class NothingOfOurs(Trouble):
    """DATABASE_URL names a server that is not ours to start or stop."""


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("start", help=_("start it; it stays until it is stopped"))
    stopping = actions.add_parser("stop", help=_("stop it"))
    stopping.add_argument("--now", action="store_true", help=_("even under those who use it"))
    actions.add_parser("status", help=_("is it running, where, for whom"))
    shell = actions.add_parser("shell", help="psql")
    shell.add_argument("--role", choices=ROLES, default="owner")
    shell.add_argument("words", nargs="*", help=_("for psql, after --"))


def act(arguments: argparse.Namespace) -> int:
    data = data_folder(os.environ)
    if arguments.action == "shell":
        return _shell(data, arguments)
    if is_external(os.environ):
        raise NothingOfOurs(_("DATABASE_URL is set: that server is not ours to start or stop."))
    if arguments.action == "start":
        state = start_kept(data, environ=os.environ)
        print(
            _(
                "The database runs as process {process} and stays: tresen db stop ends it.",
                process=state.server_pid,
            )
        )
    elif arguments.action == "stop":
        stopped = stop(data, at_once=arguments.now)
        print(_("The database was stopped.") if stopped else _("The database was not running."))
    else:
        print(_status(data))
    return 0


def _status(data: Path) -> str:
    status = status_of(data)
    if not status.running or status.state is None:
        return _("not running (data in {folder})", folder=data)
    state = status.state
    lines = [
        _(
            "{phase}, process {process}, guarded by process {guard}",
            phase=_(PHASES[state.phase]),
            process=state.server_pid,
            guard=state.guard_pid,
        ),
        _("socket {socket}, port {port}", socket=Layout(data).socket, port=state.port),
        _("also on 127.0.0.1") if state.tcp else _("no network"),
        _("in use") if status.in_use else _("not in use"),
        _("stays when unused") if status.kept else _("stops when unused"),
    ]
    return "\n".join([*lines, *([state.told] if state.told else [])])


def _shell(data: Path, arguments: argparse.Namespace) -> int:
    with using_server(data, environ=os.environ):
        told = _client_environment(data, arguments.role)
        account = account_for(Layout(data).cluster)
        psql = shutil.which("psql") or binaries_for(account, home=Layout(data).home) / "psql"
        return subprocess.run(  # noqa: S603  # psql, for whoever sits at this terminal
            [psql, *arguments.words], env={**os.environ, **told}, check=False
        ).returncode


def _client_environment(data: Path, role: Role | Literal["super"]) -> Mapping[str, str]:
    """libpq reads these; nothing secret stands on the command line."""
    known: Role = "owner" if role == "super" else role
    found = database_settings(known, data=data, environ=os.environ)
    told = {
        "PGHOST": found["HOST"],
        "PGPORT": found["PORT"],
        "PGDATABASE": found["NAME"],
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
    }
    if role == "super" and not is_external(os.environ):
        told |= {"PGUSER": SUPERUSER, "PGPASSWORD": read_password(Layout(data), SUPERUSER) or ""}
    return {name: str(value) for name, value in told.items() if value}
