"""Does the shop's data contradict itself? Asked in SQL that shares nothing with the code.

tresen check invariants    stock, ledger, orders against payments; exit code 1 when one is broken
"""

from __future__ import annotations

import argparse
import os

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.operations.invariants.asking import Broken, ask_invariants
from tresen.operations.invariants.table import INVARIANTS
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.layout import data_folder
from tresen.operations.postgres.server import using_server
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext, number

FAILED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["invariants"])


def act(arguments: argparse.Namespace) -> int:
    assert arguments.what == "invariants"
    data = data_folder(os.environ)
    with using_server(data, environ=os.environ):
        told = libpq_parameters("owner", data=data, environ=os.environ)
        with psycopg.connect(make_conninfo("", **told), autocommit=True) as connection:
            asked, broken = ask_invariants(connection)
    by_code = {one.code: one for one in broken}
    for one in INVARIANTS:
        mark = _mark(by_code[one.code]) if one.code in by_code else _("holds")
        print(f"{one.code:<5} {_(one.says)}: {mark}")
    print(_("{asked} asked, {broken} broken.", asked=number(asked), broken=number(len(broken))))
    return FAILED if broken else 0


def _mark(broken: Broken) -> str:
    return ngettext(
        "BROKEN {count} time, first {example}",
        "BROKEN {count} times, first {example}",
        broken.count,
        example=broken.example,
    )
