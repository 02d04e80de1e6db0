"""The scripts that pages may load, and whether the checkout carries them and nothing else now."""

from __future__ import annotations

import argparse

from tresen.entrypoints.schedule.scripts import look_at_checkout
from tresen.entrypoints.shared.shield.inventory import known_scripts
from tresen.foundation import clock
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import number


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--look", action="store_true", help=_("fetch our pages up to the checkout and compare")
    )


def act(arguments: argparse.Namespace) -> int:
    """1 where something is wrong."""
    for script in known_scripts().values():
        where = _("checkout and back office") if script.on_checkout else _("back office")
        print(
            f"{script.file}\n  {script.owner}, {where}\n  {_(script.purpose)}\n  {script.integrity}"
        )
    if not arguments.look:
        return 0
    seen = look_at_checkout(clock.now())
    if not seen.is_good:
        print("\n".join(seen.faults))
        return 1
    counts = {"pages": number(seen.pages), "scripts": number(seen.scripts)}
    print(_("{pages} pages and {scripts} scripts are as they should be.", **counts))
    return 0
