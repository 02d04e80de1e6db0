"""Tell facts, send letters, keep the schedule, until stopped. `tresen run` starts it for you.

SIGTERM or Ctrl-C ends it within ten seconds. Should it end with another code than 0, start it
again: whatever it had begun is found. Log lines go to standard error.
"""

from __future__ import annotations

import argparse
import asyncio

from tresen.entrypoints.schedule.worker import work
from tresen.entrypoints.shared.logs import configure_logs
from tresen.operations.words.speaking import gettext as _


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help=_("log each job"))


def act(arguments: argparse.Namespace) -> int:
    configure_logs(verbose=arguments.verbose)
    return asyncio.run(work())
