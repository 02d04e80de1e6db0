"""Any of Django's management commands, with the shop's settings and its database running."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND …")


def act(arguments: argparse.Namespace) -> int:
    execute_from_command_line(["tresen manage", *(arguments.words or ["help"])])
    return 0
