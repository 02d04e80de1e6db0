"""Bring the tables up to date, as the role that owns them."""

from __future__ import annotations

import argparse
import os

from django.core.management import call_command

from tresen.entrypoints.cli.give_rights import give_rights
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.external import prepare_external
from tresen.operations.words.speaking import gettext as _


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help=_("only say whether any is missing"))
    parser.add_argument("--plan", action="store_true", help=_("only show what would be done"))
    parser.add_argument("app", nargs="?", help=_("one app …"))
    parser.add_argument("migration", nargs="?", help=_("… up or back to this migration"))


def act(arguments: argparse.Namespace) -> int:
    if is_external(os.environ):
        prepare_external(os.environ)
    target = [word for word in (arguments.app, arguments.migration) if word]
    call_command("migrate", *target, check_unapplied=arguments.check, plan=arguments.plan)
    if not (arguments.check or arguments.plan):
        give_rights()
    return 0
