"""Does the shop's data contradict itself? Asked in SQL that shares nothing with the code.

tresen check invariants    stock, ledger, orders against payments; exit code 1 when one is broken
"""

from __future__ import annotations

import argparse
import os

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.operations.invariants.asking import ask_invariants
from tresen.operations.invariants.table import INVARIANTS
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.postgres.layout import data_folder
from tresen.operations.postgres.server import using_server

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
        found = by_code.get(one.code)
        mark = f"BROKEN {found.count} times, first {found.example}" if found else "holds"
        print(f"{one.code:<5} {one.says}: {mark}")
    print(f"{asked} asked, {len(broken)} broken.")
    return FAILED if broken else 0
