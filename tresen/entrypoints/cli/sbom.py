"""Print what the shop is made of, as CycloneDX (a software bill of materials)."""

from __future__ import annotations

import argparse

from tresen.operations.parts.sbom import as_text, bill_of_materials
from tresen.operations.postgres.layout import CHECKOUT


def declare(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def act(_arguments: argparse.Namespace) -> int:
    print(as_text(bill_of_materials(CHECKOUT)))
    return 0
