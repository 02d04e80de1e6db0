"""The list of passwords that attackers know, kept in the data folder and asked without a network.

tresen passwords status         how many are known
tresen passwords import FILE…   add lists: plain lines, SHA-1 lines, zxcvbn's; gzip is read as it is
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from django.conf import settings

from tresen.foundation.leaked.gathering import add_prefixes
from tresen.foundation.leaked.prefixes import count_listed
from tresen.foundation.leaked.sources import UnreadableList, prefixes_in
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help=_("how many passwords are known"))
    adding = actions.add_parser("import", help=_("add passwords that became known elsewhere"))
    adding.add_argument("files", nargs="+", type=Path, metavar="FILE")


def act(arguments: argparse.Namespace) -> int:
    file = Path(settings.LEAKED_PASSWORDS)
    if arguments.action == "status":
        print(_status(file))
        return 0
    missing = [str(path) for path in arguments.files if not path.is_file()]
    if missing:
        print(_("There is no file {file}.", file=", ".join(missing)), file=sys.stderr)
        return FAILED
    try:
        added = add_prefixes(chain.from_iterable(map(prefixes_in, arguments.files)), file=file)
    except UnreadableList as refused:
        told = _("{file} is not text. Unpack it first; gzip is read as it is.", file=refused)
        print(told, file=sys.stderr)
        return FAILED
    told = ngettext("{count} password added.", "{count} passwords added.", added)
    print(f"{told} {_status(file)}")
    return 0


def _status(file: Path) -> str:
    count = count_listed(file)
    if not count:
        return _("No list is imported; only Django's 20,000 common passwords are refused.")
    return ngettext(
        "{count} known password is refused.", "{count} known passwords are refused.", count
    )
