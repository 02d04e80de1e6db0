"""Freeze the shop when something got out: nobody stays signed in, nothing can be changed.

tresen freeze on       sign everybody out, shop read-only, all keys changed
tresen freeze on --end-links   the same, and links in earlier mails open nothing any more
tresen freeze off      open again
tresen freeze status   whether, since when, by whom (exit 3 while frozen)
"""

from __future__ import annotations

import argparse

from tresen.domains.security.queries.freezing import get_freeze
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext
from tresen.workflows.guarding.freeze_shop import freeze_shop, thaw_shop

FROZEN = 3


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    on = actions.add_parser("on", help=_("freeze"))
    on.add_argument("--end-links", action="store_true", help=_("earlier links end, too"))
    actions.add_parser("off", help=_("open again"))
    actions.add_parser("status", help=_("whether it is frozen"))


def act(arguments: argparse.Namespace) -> int:
    if arguments.action == "status":
        return _status()
    if arguments.action == "off":
        done = thaw_shop(now=clock.now(), actor=SYSTEM)
        print(_("The shop is open again.") if done else _("The shop was not frozen."))
        return 0
    frozen = freeze_shop(now=clock.now(), actor=SYSTEM, end_links=arguments.end_links)
    print(_("The shop is frozen.") if frozen.is_new else _("The shop was frozen already."))
    print(
        ngettext(
            "{count} session ended; the worker changes all keys: tresen keys show",
            "{count} sessions ended; the worker changes all keys: tresen keys show",
            frozen.sessions,
        )
    )
    print(_("tresen freeze off opens it again."))
    return 0


def _status() -> int:
    freeze = get_freeze()
    if not freeze.on:
        print(_("open"))
        return 0
    since = f"{freeze.since:%Y-%m-%d %H:%M:%S}"
    print(_("frozen since {when} UTC by {actor}", when=since, actor=freeze.actor))
    return FROZEN
