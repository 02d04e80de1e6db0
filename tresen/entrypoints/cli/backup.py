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

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action")
    actions.add_parser("now", help="one now (what `tresen backup` does)")
    actions.add_parser("keystore", help="the keys of people now, apart from their data")
    actions.add_parser("list", help="what can be restored")
    checking = actions.add_parser("check", help="look for rot in the folder")
    checking.add_argument("--from", dest="source", type=Path, help="another folder of backups")
    drilling = actions.add_parser("drill", help="restore the newest, prove it, throw it away")
    drilling.add_argument("--identity", type=Path, action="append", default=[])
    declare_keys(actions.add_parser("keys", help="make an identity; shown once, then forgotten"))
    actions.add_parser("keep", help="follow the database until stopped, as `tresen run` does")


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
        print(f"There is no folder {source}.", file=sys.stderr)
        return FAILED
    rot = find_rot(FolderTarget(source))
    for name in rot:
        print(f"changed or missing: {source / name}")
    print(f"{len(rot)} damaged." if rot else "Nothing has changed since it was written.")
    return FAILED if rot else 0


def _drill(places: BackupPlaces, identities: list[Path]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FAILED))  # the scratch folder goes, too
    failure = run_drill(places, identity_files=identities, clock=clock.now, say=_say)
    if failure:
        print(f"The drill failed: {failure}", file=sys.stderr)
        return FAILED
    proof = status_of_backups(places, now=clock.now()).last_proof
    assert proof is not None
    print(
        f"Proved: {proof.backup} came back in {proof.restore_seconds:.1f} s "
        f"({proof.bytes_per_second / 1e6:.0f} MB/s), all of it in {proof.seconds:.1f} s; "
        f"{proof.invariants} invariants hold, {proof.rows} rows that may only grow are there."
    )
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
