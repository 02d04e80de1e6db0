"""Open the shop: database, tables, demo goods where there are none, web server and worker.

Ctrl-C or SIGTERM closes everything. TRESEN_DATA names the folder of data, keys and logs (default:
var in the checkout), PORT and HOST the address (default: 127.0.0.1:8000), DATABASE_URL a
PostgreSQL of your own.
"""

from __future__ import annotations

import argparse
import os
import sys

from tresen.entrypoints.cli.prepare_note import read_greeting
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.recipients import is_demo
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import CHECKOUT, data_folder
from tresen.operations.running.shop import Shop, ShopPlan
from tresen.operations.running.web import WORKERS_DEFAULT
from tresen.operations.words.speaking import gettext as _

HOST_DEFAULT = "127.0.0.1"
PORT_DEFAULT = 8000
PORT_MAX = 65_535
OURSELVES = (sys.executable, "-m", "tresen")


class PortWrong(Trouble):
    """Not a port number."""


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST") or HOST_DEFAULT)
    parser.add_argument("--port", default=os.environ.get("PORT") or str(PORT_DEFAULT))
    parser.add_argument("--web-workers", type=int, default=WORKERS_DEFAULT)
    parser.add_argument("--no-demo", action="store_true", help=_("leave an empty shop empty"))


def act(arguments: argparse.Namespace) -> int:
    data = data_folder(os.environ)
    port = port_of(arguments.port)
    address = [f"--host={arguments.host}", f"--port={port}"]
    backups = places_of(data, os.environ)
    plan = ShopPlan(
        data=data,
        host=arguments.host,
        port=port,
        prepare=[*OURSELVES, "prepare", *(["--no-demo"] if arguments.no_demo else [])],
        web=[*OURSELVES, "web", *address, f"--workers={arguments.web_workers}"],
        worker=[*OURSELVES, "worker"],
        keeper=[*OURSELVES, "backup", "keep"] if backups.switched_on else [],
        environ={
            **os.environ,
            "PORT": str(port),
            "TRESEN_DATA": str(data),
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
        },
    )
    Shop(plan, say=_say, greet=lambda: _greet(plan, backups)).run()
    return 0


def port_of(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= PORT_MAX:
        return int(text)
    raise PortWrong(
        _(
            "PORT is {given}; it must be a number from 1 to {most}.",
            given=repr(text),
            most=PORT_MAX,
        )
    )


def _greet(plan: ShopPlan, backups: BackupPlaces) -> None:
    lines = read_greeting(plan.data)
    _say(
        "\n".join(
            [
                "",
                _("The shop is open."),
                _("  Shop         {address}", address=f"{plan.address}/"),
                _("  Back office  {address}", address=f"{plan.address}/staff/"),
                *(f"  {line}" for line in lines),
                _("  Data         {folder}", folder=plan.data),
                _("  Logs         {folder}", folder=plan.data / "logs"),
                _("  Backups      {about}", about=_about(backups)),
                _("Ctrl-C closes it."),
            ]
        )
    )


def _about(backups: BackupPlaces) -> str:
    if not backups.switched_on:
        return _("switched off (TRESEN_BACKUP)")
    if backups.is_named:
        return str(backups.target)
    if is_demo(backups.data):
        return _(
            "{folder}, their keys beside them: a real shop names another disk or machine in "
            "TRESEN_BACKUP_TO",
            folder=backups.target,
        )
    return _(
        "{folder}: a real shop names another disk or machine in TRESEN_BACKUP_TO",
        folder=backups.target,
    )


def _say(line: str) -> None:
    print(line, flush=True)
