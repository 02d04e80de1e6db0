"""Backups: encrypted, to the last second, proved by a restore each night.

tresen backup              one now, and wait for it
tresen backup keys         a new identity that opens backups: shown once, for paper
tresen backup list         what can be restored, and to whom it is encrypted
tresen backup check        look for rot; no key is needed
tresen backup drill        restore the newest into a scratch folder and write down the proof

TRESEN_BACKUP_TO names the folder (another disk, another machine), TRESEN_BACKUP_GIB a limit,
TRESEN_BACKUP_SYNCHRONOUS=1 lets each commit wait until it lies there, TRESEN_BACKUP=off ends it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tresen.entrypoints.cli.backup_keeping import keep, run_keeper_for
from tresen.entrypoints.cli.backup_keys import declare_keys, make_keys
from tresen.entrypoints.cli.backup_telling import backup_lines
from tresen.foundation import clock
from tresen.operations.backup.drill import run_drill
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.recipients import check_ready
from tresen.operations.backup.scrub import find_rot
from tresen.operations.backup.status import status_of_backups
from tresen.operations.backup.target import FolderTarget
from tresen.operations.backup.timetable import Errand
from tresen.operations.backup.wishing import leave_wish, wait_for
from tresen.operations.machine.locks import is_held
from tresen.operations.postgres.layout import data_folder
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext, number

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action")
    actions.add_parser("now", help=_("one now (what `tresen backup` does)"))
    actions.add_parser("keystore", help=_("the keys of people now, apart from their data"))
    actions.add_parser("list", help=_("what can be restored"))
    checking = actions.add_parser("check", help=_("look for rot in the folder"))
    checking.add_argument("--from", dest="source", type=Path, help=_("another folder of backups"))
    drilling = actions.add_parser("drill", help=_("restore the newest, prove it, throw it away"))
    drilling.add_argument("--identity", type=Path, action="append", default=[])
    declare_keys(actions.add_parser("keys", help=_("make an identity; shown once, then forgotten")))
    actions.add_parser("keep", help=_("follow the database until stopped, as `tresen run` does"))


def act(arguments: argparse.Namespace) -> int:
    places = places_of(data_folder(os.environ), os.environ)
    actions: dict[str | None, Callable[[], int]] = {
        None: lambda: _now(places, "backup"),
        "now": lambda: _now(places, "backup"),
        "keystore": lambda: _now(places, "keystore"),
        "list": lambda: _list(places),
        "check": lambda: _check(arguments.source or places.target),
        "drill": lambda: _drill(places, arguments.identity),
        "keys": lambda: make_keys(places, arguments),
        "keep": lambda: keep(places),
    }
    return actions[arguments.action]()


def _now(places: BackupPlaces, errand: Errand) -> int:
    check_ready_or_demo(places)
    if is_held(places.keeper_lock):
        leave_wish(places, errand)
        wait_for(places, errand)
    else:
        run_keeper_for(places, errand)
    print("\n".join(backup_lines(status_of_backups(places, now=clock.now(), look=True))))
    return 0


def check_ready_or_demo(places: BackupPlaces) -> None:
    """Said before anything is begun; the keeper makes keys for a demo itself."""
    if not (places.data / "demo" / "logins.json").exists():
        check_ready(places)


def _list(places: BackupPlaces) -> int:
    print("\n".join(backup_lines(status_of_backups(places, now=clock.now(), look=True))))
    return 0


def _check(source: Path) -> int:
    if not source.is_dir():
        print(_("There is no folder {folder}.", folder=source), file=sys.stderr)
        return FAILED
    rot = find_rot(FolderTarget(source))
    for name in rot:
        print(_("changed or missing: {file}", file=source / name))
    if rot:
        print(ngettext("{count} file is damaged.", "{count} files are damaged.", len(rot)))
        return FAILED
    print(_("Nothing has changed since it was written."))
    return 0


def _drill(places: BackupPlaces, identities: list[Path]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FAILED))  # the scratch folder goes, too
    failure = run_drill(places, identity_files=identities, clock=clock.now, say=_say)
    if failure:
        print(_("The drill failed: {reason}", reason=failure), file=sys.stderr)
        return FAILED
    proof = status_of_backups(places, now=clock.now()).last_proof
    assert proof is not None
    print(
        _(
            "Proved: {backup} came back in {restored} s ({speed} MB/s), all of it in {whole} s; "
            "{invariants} invariants hold, {rows} rows that may only grow are there.",
            backup=proof.backup,
            restored=number(proof.restore_seconds, 1),
            speed=number(proof.bytes_per_second / 1e6),
            whole=number(proof.seconds, 1),
            invariants=number(proof.invariants),
            rows=number(proof.rows),
        )
    )
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
