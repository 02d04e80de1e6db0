"""The scripts that pages may load, and whether the checkout carries them and nothing else now."""

from __future__ import annotations

import argparse

from tresen.entrypoints.schedule.scripts import look_at_checkout
from tresen.entrypoints.shared.shield.inventory import known_scripts
from tresen.foundation import clock


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--look", action="store_true", help="fetch our pages up to the checkout and compare"
    )


def act(arguments: argparse.Namespace) -> int:
    """1 where something is wrong."""
    for script in known_scripts().values():
        where = "checkout and back office" if script.on_checkout else "back office"
        print(f"{script.file}\n  {script.owner}, {where}\n  {script.purpose}\n  {script.integrity}")
    if not arguments.look:
        return 0
    seen = look_at_checkout(clock.now())
    print("\n".join(seen.faults) or seen.words)
    return 0 if seen.is_good else 1
