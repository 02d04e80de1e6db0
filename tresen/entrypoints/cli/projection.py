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
from tresen.domains.discovery.types import SpaceRow
from tresen.domains.stores.queries import list_channels
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import clock
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext, number
from tresen.workflows.listing.rebuild import rebuild, sweep
from tresen.workflows.listing.staleness import freshness

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help=_("how far behind, how many products, since when"))
    building = actions.add_parser("rebuild", help=_("all lists anew, while the old ones are read"))
    building.add_argument("channel", nargs="?", default="", help=_("one channel only"))


def act(arguments: argparse.Namespace) -> int:
    if arguments.action == "status":
        return _status()
    channels = [row for row in list_channels() if row.is_open]
    wanted = [row for row in channels if arguments.channel in ("", row.code)]
    if not wanted:
        told = _(
            "There is no open channel «{channel}»; open are: {known}",
            channel=arguments.channel,
            known=", ".join(row.code for row in channels) or _("none"),
        )
        print(told, file=sys.stderr)
        return FAILED
    for channel in wanted:
        _rebuild(channel)
    sweep(now=clock.now())
    return 0


def status_lines() -> Sequence[str]:
    """One line for each list, then what waits."""
    counts = count_entries()
    fresh = freshness(now=clock.now())
    lines = [_space_line(space, counts.get(space.id, 0)) for space in list_spaces()]
    lines += [_("{channel}: no lists yet", channel=name) for name in fresh.missing]
    waits = ngettext(
        "{count} fact waits, the oldest {seconds} s",
        "{count} facts wait, the oldest {seconds} s",
        fresh.pending,
        seconds=number(fresh.staleness_seconds, 1),
    )
    return [*lines, waits]


def _space_line(space: SpaceRow, count: int) -> str:
    since = _("being built")
    if space.switched_at:
        since = _("since {when} UTC", when=f"{space.switched_at:%Y-%m-%d %H:%M}")
    return ngettext(
        "{list}: {count} product, {since}",
        "{list}: {count} products, {since}",
        count,
        list=f"{space.channel_code} {space.locale}",
        since=since,
    )


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
    told = ngettext(
        "{channel}: {count} product in {languages}, {seconds} s",
        "{channel}: {count} products in {languages}, {seconds} s",
        shown,
        channel=channel.code,
        languages=", ".join(channel.market.locales),
        seconds=number(time.monotonic() - begun, 1),
    )
    print(told)
