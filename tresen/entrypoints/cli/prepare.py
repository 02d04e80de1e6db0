"""What must be done before the doors open: words, tables, static files, goods in an empty shop."""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Sequence
from importlib.util import find_spec

from django.core.management import call_command

from tresen.entrypoints.cli.give_rights import give_rights
from tresen.entrypoints.cli.prepare_note import write_greeting
from tresen.entrypoints.policy.check import require_declared
from tresen.foundation import clock
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.external import prepare_external
from tresen.operations.postgres.layout import data_folder
from tresen.operations.words.catalogs import compile_words
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.trusting.notice import publish_notice

DEMO = "tresen.entrypoints.cli.demo"
"""Has `fill_if_empty()`, and `demo_logins()`: lines for the greeting."""


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help=_("leave an empty shop empty"))


def act(arguments: argparse.Namespace) -> int:
    compile_words()
    require_declared()
    if is_external(os.environ):
        prepare_external(os.environ)
    call_command("migrate", verbosity=0)
    give_rights()
    call_command("collectstatic", interactive=False, verbosity=0)
    if not arguments.no_demo:
        write_greeting(data_folder(os.environ), _fill())
    publish_notice(now=clock.now())
    return 0


def _fill() -> Sequence[str]:
    if find_spec(DEMO) is None:
        return []
    demo = importlib.import_module(DEMO)
    demo.fill_if_empty()
    lines: Sequence[str] = demo.demo_logins()
    return lines
