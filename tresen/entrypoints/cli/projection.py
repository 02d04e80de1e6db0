"""The lists and the search of the shop: how far behind they are, and building them anew.

tresen projection status             how old, how long, what waits
tresen projection rebuild [CHANNEL]  beside those that are read, then switch in one step
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from tresen.domains.discovery.queries import count_entries, list_spaces
from tresen.domains.stores.queries import list_channels
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import clock
from tresen.workflows.listing.rebuild import rebuild, sweep
from tresen.workflows.listing.staleness import freshness

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="how far behind, how many products, since when")
    building = actions.add_parser("rebuild", help="all lists anew, while the old ones are read")
    building.add_argument("channel", nargs="?", default="", help="one channel only")


def act(arguments: argparse.Namespace) -> int:
    if arguments.action == "status":
        return _status()
    channels = [row for row in list_channels() if row.is_open]
    wanted = [row for row in channels if arguments.channel in ("", row.code)]
    if not wanted:
        known = ", ".join(row.code for row in channels) or "none"
        print(f"There is no open channel «{arguments.channel}»; open are: {known}", file=sys.stderr)
        return FAILED
    for channel in wanted:
        _rebuild(channel)
    sweep(now=clock.now())
    return 0


def status_lines() -> Sequence[str]:
    """One line for each list, then what waits."""
    counts = count_entries()
    fresh = freshness(now=clock.now())
    lines = [
        f"{space.channel_code} {space.locale}: {counts.get(space.id, 0)} products, "
        + (f"since {space.switched_at:%Y-%m-%d %H:%M} UTC" if space.switched_at else "being built")
        for space in list_spaces()
    ]
    lines += [f"{name}: no lists yet" for name in fresh.missing]
    lines.append(f"{fresh.pending} facts wait, the oldest {fresh.staleness_seconds:.1f} s")
    return lines


def _status() -> int:
    print("\n".join(status_lines()))
    return 0 if freshness(now=clock.now()).is_kept else FAILED


def _rebuild(channel: ChannelRow) -> None:
    begun = time.monotonic()
    columns = (TextColumn(channel.code), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bar:
        task = bar.add_task("")
        shown = rebuild(
            channel=channel,
            clock=clock.now,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    seconds = time.monotonic() - begun
    languages = ", ".join(channel.market.locales)
    print(f"{channel.code}: {shown} products in {languages}, {seconds:.1f} s")
