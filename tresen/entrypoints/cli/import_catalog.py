"""Take goods in from CSV or JSON files (also .gz and .zip), by a mapping or from our own export.

tresen import catalog goods.csv --mapping mapping.toml
tresen import catalog catalog.jsonl --media pictures/

Repeating an import changes nothing. Records that cannot be taken are written to a report with
line, field, reason and remedy; all others are taken. The exit code is 0 when everything was
taken, 3 when something was refused or left out, 1 when a file or the mapping could not be read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from tresen.domains.pricing.queries import NoSuchPriceList
from tresen.domains.stores.queries import NoSuchChannel
from tresen.entrypoints.cli.telling import told
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import LANGUAGES, language_of, ngettext, number
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.mapping_file import read_mapping
from tresen.workflows.supplying.catalog_files.mapping_types import FileMapping, MappingWrong
from tresen.workflows.supplying.catalog_files.report import Report
from tresen.workflows.supplying.import_catalog import import_catalog, usual_price_list
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult
from tresen.workflows.supplying.import_types import Progress as Told

PARTLY = 3
REPORT = "refused.csv"
WHAT = ("catalog",)


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--mapping", type=Path, help=_("TOML file; without one, our own format"))
    refused = _("what was refused (default {file})", file=REPORT)
    parser.add_argument("--report", default=REPORT, help=refused)
    parser.add_argument(
        "--channel", default="", help=_("publish new products there, such as web-de")
    )
    parser.add_argument("--price-list", default="", help=_("where prices go"))
    parser.add_argument("--without-prices", action="store_true", help=_("leave prices out"))
    parser.add_argument("--location", default="", help=_("where counted stock lies"))
    parser.add_argument("--media", type=Path, help=_("folder with the picture files"))
    parser.add_argument("--dry-run", action="store_true", help=_("check everything, write nothing"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("of the report"))


def act(arguments: argparse.Namespace) -> int:
    for path in arguments.files:
        if not path.is_file():
            raise Trouble(_("There is no file {file}.", file=path))
    try:
        with translation.override(arguments.language or language_of(os.environ)):
            return _import(_order(arguments), Path(arguments.report))
    except MappingWrong as wrong:
        raise Trouble(str(wrong)) from wrong
    except NoSuchChannel as absent:
        named = _("There is no open channel «{channel}».", channel=arguments.channel)
        raise Trouble(named) from absent
    except NoSuchPriceList as absent:
        raise Trouble(told(absent)) from absent


def main(argv: Sequence[str]) -> int:
    """The verb on its own, Django being set up."""
    parser = argparse.ArgumentParser(prog="tresen import", description=__doc__)
    declare(parser)
    return act(parser.parse_args(argv))


def _order(arguments: argparse.Namespace) -> ImportOrder:
    mapping = read_mapping(arguments.mapping) if arguments.mapping else None
    if mapping is not None and arguments.without_prices:
        fields = tuple(rule for rule in mapping.fields if rule.name != "price")
        mapping = replace(mapping, fields=fields)
    return ImportOrder(
        paths=tuple(arguments.files),
        mapping=mapping,
        channel=arguments.channel,
        price_list=_price_list(arguments, mapping),
        location=arguments.location or (mapping.location if mapping else ""),
        media=arguments.media,
        is_dry_run=arguments.dry_run,
    )


def _price_list(arguments: argparse.Namespace, mapping: FileMapping | None) -> str:
    """As named here or in the mapping, else the usual one of the channel's market."""
    named = str(arguments.price_list or (mapping.price_list if mapping else ""))
    if named or mapping is None or all(rule.name != "price" for rule in mapping.fields):
        return named
    return usual_price_list(channel=arguments.channel or settings.DEFAULT_CHANNEL)


def _import(order: ImportOrder, report_file: Path) -> int:
    report_file.unlink(missing_ok=True)
    if not order.is_dry_run:
        _record(order)
    with Report(str(report_file)) as report, _bar(order.paths) as progress:
        result = import_catalog(
            order, tell=report.add, progress=progress, now=clock.now(), actor=SYSTEM
        )
    print("\n".join(_summary(result, order, report_file if report.rows else None)))
    if result.unread:
        return 1
    return PARTLY if report.rows else 0


@transaction.atomic
def _record(order: ImportOrder) -> None:
    """Once for the whole import, whose batches are transactions of their own."""
    deed = Deed(
        action="catalog.import",
        actor=SYSTEM,
        object_kind="catalog",
        after={"files": [path.name for path in order.paths], "channel": order.channel},
    )
    record(deed, now=clock.now())


@contextmanager
def _bar(paths: Sequence[Path]) -> Iterator[Told]:
    """A bar by bytes read, and the number of records, on a terminal only."""
    total = sum(path.stat().st_size for path in paths)
    bar = Progress(
        TextColumn("{task.fields[told]}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("import", total=total, told=_records(0))
        yield lambda done, records: bar.update(task, completed=done, told=_records(records))


def _records(count: int) -> str:
    return ngettext("{count} record", "{count} records", count)


def _summary(result: ImportResult, order: ImportOrder, report: Path | None) -> list[str]:
    read = ngettext("{count} record read", "{count} records read", result.records)
    if order.is_dry_run:
        read = _("{read} (a trial: nothing was written)", read=read)
    lines = [
        read,
        _(
            "{added} products added, {changed} changed, {unchanged} as before",
            added=number(result.added),
            changed=number(result.changed),
            unchanged=number(result.unchanged),
        ),
        ngettext("{count} price changed", "{count} prices changed", result.prices_changed),
    ]
    if result.refused or result.left_out:
        lines.append(
            _(
                "{refused} records refused, {left_out} fields left out: see {file}",
                refused=number(result.refused),
                left_out=number(result.left_out),
                file=report,
            )
        )
    lines += [_("not read to the end: {file}", file=unread) for unread in result.unread]
    lines += [_("never met, mapping {rule}", rule=unused) for unused in result.unused]
    return lines
