"""Identities that open backups: made here, shown once, kept by people."""

from __future__ import annotations

import argparse

from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.recipients import (
    PAPER,
    add_recipient,
    keep_machine_identity,
    list_recipients,
    make_identity,
    outside_count,
)
from tresen.operations.backup.signing import signer_of
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext

OUTSIDE_WISE = 2


class LabelMissing(Trouble):
    """Nobody would know later whose key it is."""


def declare_keys(parser: argparse.ArgumentParser) -> None:
    whose = _("whose it is, or where it lies: 'safe, office'")
    parser.add_argument("--label", default="", help=whose)
    elsewhere = _("a public key that somebody made elsewhere")
    parser.add_argument("--add", metavar="age1…", help=elsewhere)
    parser.add_argument("--machine", action="store_true", help=_("only the key of this machine"))


def make_keys(places: BackupPlaces, arguments: argparse.Namespace) -> int:
    if keep_machine_identity(places):
        print(
            _(
                "This machine's own key, for the nightly proof, lies in {file}.",
                file=places.machine_identity,
            )
        )
    if arguments.machine:
        return 0
    if arguments.add:
        if not arguments.label:
            raise LabelMissing(_("Say whose key it is: --label 'second holder, name'"))
        add_recipient(places, key=arguments.add, label=arguments.label)
        list_recipients(places)
        print(_("Added. New backups are encrypted to it, too."))
    else:
        print(_paper(places, label=arguments.label or PAPER))
    print(_standing(places))
    return 0


def _paper(places: BackupPlaces, *, label: str) -> str:
    identity = make_identity(places, label=label)
    return "\n".join(
        [
            "",
            _(
                "Write this down or print it, now. It is not kept and not shown again.\n"
                "Whoever holds it can open every backup from now on; nobody else can without "
                "another."
            ),
            "",
            _("  identity  {key}", key=identity),
            _("  public    {key}", key=identity.to_public()),
            _("  signer    {key}", key=signer_of(places).public),
            "",
            _(
                "To restore on another machine: put the identity into a file, then\n"
                "  tresen restore --from FOLDER --identity FILE --signer SIGNER --to latest "
                "--into NEW"
            ),
            "",
        ]
    )


def _standing(places: BackupPlaces) -> str:
    outside = outside_count(places)
    says = ngettext(
        "{count} recipient, {outside} of them outside of this machine.",
        "{count} recipients, {outside} of them outside of this machine.",
        len(list_recipients(places)),
        outside=outside,
    )
    if outside >= OUTSIDE_WISE:
        return says
    warning = _(
        "One lost paper would lose every backup with this machine: make another one for a "
        "second holder. tresen backup keys --label 'second holder'"
    )
    return f"{says} {warning}"
