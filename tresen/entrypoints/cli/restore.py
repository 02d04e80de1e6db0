"""Bring the shop back, as of any moment, into a new folder; nothing is ever written over.

tresen restore --to latest --into NEW                   the last acknowledged second
tresen restore --to 2026-11-26T18:30:00+01:00 --into NEW
tresen restore --to 20261126T020000Z --into NEW         exactly that backup

Then keys of people come from the newest key store, the erasure ledger is replayed, everything is
checked, and only then a shop may open there: TRESEN_DATA=NEW tresen run
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tresen.entrypoints.cli.backup_telling import moment, size
from tresen.operations.backup.bring_back import Restored, check_signer, restore
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.plan import LATEST, plan_restore
from tresen.operations.backup.recipients import identities_for
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.target import FolderTarget
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import data_folder


class SignerUnknown(Trouble):
    """Nothing says who may have made these backups."""


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", default=LATEST, help=f"a time, a backup's name, or {LATEST}")
    parser.add_argument("--into", type=Path, required=True, help="a folder that is new or empty")
    parser.add_argument("--from", dest="source", type=Path, help="the folder of backups")
    parser.add_argument("--identity", type=Path, action="append", default=[], help="file of a key")
    parser.add_argument("--signer", help="who made the backups, as it stands on the paper")
    parser.add_argument("--any-signer", action="store_true", help="when the paper is lost, too")


def act(arguments: argparse.Namespace) -> int:
    places = places_of(data_folder(os.environ), os.environ)
    target = FolderTarget((arguments.source or places.target).resolve())
    identities = identities_for(places, files=arguments.identity)
    plan = plan_restore(target, arguments.to)
    check_signer(plan, expected=_expected(places, arguments, found=plan.manifest.signer))
    restored = restore(target, plan, arguments.into.resolve(), by=identities, say=_say)
    print("\n".join(_report(restored)))
    return 0


def _expected(places: BackupPlaces, arguments: argparse.Namespace, *, found: str) -> str | None:
    if arguments.any_signer:
        return None
    if arguments.signer:
        return str(arguments.signer)
    if places.signer.exists():
        return signer_of(places).public
    raise SignerUnknown(
        f"These backups were signed by {found}. Compare that with the paper, then say "
        f"--signer {found}; or --any-signer if the paper is lost."
    )


def _report(restored: Restored) -> list[str]:
    plan, people, checked = restored.plan, restored.people, restored.checked
    wanted = moment(plan.at) if plan.at else "the backup itself" if plan.only_base else "the last"
    size_told = f"{size(plan.manifest.clear_bytes)}, log {size(restored.log_bytes)}"
    lines = [
        f"Restored into {restored.into}",
        f"  moment     {wanted}; the log reaches to {moment(plan.reaches)}",
        f"  database   {size_told}, in {restored.restore_seconds:.1f} s",
        f"  files      {restored.files}",
        f"  people     {people.replaced} keys",
        f"             gone here, too: {people.destroyed} destroyed since, {people.erased} erased",
        f"  checks     {checked.rows} rows that may only grow in {checked.tables} tables,",
        f"             {checked.invariants} invariants, files, pages and indexes: all hold",
    ]
    if people.keystore_at is None:
        lines.append("  ! There was no key store beside these backups: look for erased people.")
    lines += [
        f"Open it with: TRESEN_DATA={restored.into} tresen run",
        "Then destroy older keys of keys at once: tresen keys rotate",
    ]
    return lines


def _say(line: str) -> None:
    print(line, flush=True)
