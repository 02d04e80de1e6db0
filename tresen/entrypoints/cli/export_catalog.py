"""Write the whole catalogue to a file of our own format, which `import catalog` takes back.

tresen export catalog --out catalog.jsonl --media pictures/
tresen export catalog --format csv --out catalog.csv

The same catalogue gives the same bytes. Cells are written as they are: before opening a table
from elsewhere in a spreadsheet, mind that it may run what begins with an equals sign.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext
from tresen.workflows.supplying.export_catalog import export_catalog

FORMATS = ("jsonl", "csv")
WHAT = ("catalog",)


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--format", choices=FORMATS, default="jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--media", type=Path, help=_("folder for the pictures' original files"))


def act(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    if not out.parent.is_dir():
        raise Trouble(_("There is no folder {folder}.", folder=out.parent))
    if arguments.media:
        arguments.media.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        deed = Deed(
            action="catalog.export", actor=SYSTEM, object_kind="catalog", after={"file": out.name}
        )
        record(deed, now=clock.now())
    unfinished = out.with_name(f"{out.name}.part")
    with unfinished.open("w", encoding="utf-8", newline="") as file, _spinner() as progress:
        count = export_catalog(
            file, format=arguments.format, media=arguments.media, progress=progress
        )
    unfinished.replace(out)
    print(ngettext("{count} product in {file}", "{count} products in {file}", count, file=out))
    return 0


def main(argv: Sequence[str]) -> int:
    """The verb on its own, Django being set up."""
    parser = argparse.ArgumentParser(prog="tresen export", description=__doc__)
    declare(parser)
    return act(parser.parse_args(argv))


@contextmanager
def _spinner() -> Iterator[Callable[[int], None]]:
    """How many products are written, on a terminal only."""
    shown = Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[told]}"),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
    )
    with shown:
        task = shown.add_task("export", total=None, told=_products(0))
        yield lambda count: shown.update(task, told=_products(count))


def _products(count: int) -> str:
    return ngettext("{count} product", "{count} products", count)
