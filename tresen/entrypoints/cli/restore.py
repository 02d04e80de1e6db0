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
from tresen.operations.backup.bring_back import Checked, Restored, check_signer, restore
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.plan import LATEST, RestorePlan, plan_restore
from tresen.operations.backup.recipients import identities_for
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.target import FolderTarget
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import data_folder
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import number


class SignerUnknown(Trouble):
    """Nothing says who may have made these backups."""


def declare(parser: argparse.ArgumentParser) -> None:
    to = _("a time, a backup's name, or {latest}", latest=LATEST)
    parser.add_argument("--to", default=LATEST, help=to)
    into = _("a folder that is new or empty")
    parser.add_argument("--into", type=Path, required=True, help=into)
    parser.add_argument("--from", dest="source", type=Path, help=_("the folder of backups"))
    identity = _("file of a key")
    parser.add_argument("--identity", type=Path, action="append", default=[], help=identity)
    signer = _("who made the backups, as it stands on the paper")
    parser.add_argument("--signer", help=signer)
    parser.add_argument("--any-signer", action="store_true", help=_("when the paper is lost, too"))


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
        _(
            "These backups were signed by {signer}. Compare that with the paper, then say "
            "--signer {signer}; or --any-signer if the paper is lost.",
            signer=found,
        )
    )


def _report(restored: Restored) -> list[str]:
    plan, people = restored.plan, restored.people
    lines = [
        _("Restored into {folder}", folder=restored.into),
        _(
            "  moment     {moment}; the log reaches to {reaches}",
            moment=_wanted(plan),
            reaches=moment(plan.reaches),
        ),
        _(
            "  database   {size}, log {log}, in {seconds} s",
            size=size(plan.manifest.clear_bytes),
            log=size(restored.log_bytes),
            seconds=number(restored.restore_seconds, 1),
        ),
        _("  files      {count}", count=number(restored.files)),
        _(
            "  people     {keys} keys\n"
            "             gone here, too: {destroyed} destroyed since, {erased} erased",
            keys=number(people.replaced),
            destroyed=number(people.destroyed),
            erased=number(people.erased),
        ),
        _checks(restored.checked),
    ]
    if people.keystore_at is None:
        lines.append(_("  ! There was no key store beside these backups: look for erased people."))
    opening = _(
        "Open it with: TRESEN_DATA={folder} tresen run\n"
        "Then destroy older keys of keys at once: tresen keys rotate",
        folder=restored.into,
    )
    return [*lines, opening]


def _wanted(plan: RestorePlan) -> str:
    if plan.at:
        return moment(plan.at)
    return _("the backup itself") if plan.only_base else _("the last")


def _checks(checked: Checked) -> str:
    return _(
        "  checks     {rows} rows that may only grow in {tables} tables,\n"
        "             {invariants} invariants, files, pages and indexes: all hold",
        rows=number(checked.rows),
        tables=number(checked.tables),
        invariants=number(checked.invariants),
    )


def _say(line: str) -> None:
    print(line, flush=True)
