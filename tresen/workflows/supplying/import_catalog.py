"""A catalogue comes in from files: whatever can be taken is taken, the rest is told."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tresen.domains.catalog.types import Window
from tresen.domains.pricing.commands import open_price_list
from tresen.domains.pricing.queries import get_price_list, list_price_lists
from tresen.domains.pricing.types import Audience, PriceListRow
from tresen.domains.stores.queries import get_channel
from tresen.foundation.actor import Actor
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.ahead import made_ahead
from tresen.workflows.supplying.catalog_files.batches import read_batches
from tresen.workflows.supplying.catalog_files.mapped import MappedShaper
from tresen.workflows.supplying.catalog_files.mapping_types import FileMapping, MappingWrong
from tresen.workflows.supplying.catalog_files.own import OwnShaper
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult, Progress, Told
from tresen.workflows.supplying.studio import Studio
from tresen.workflows.supplying.write_batch import BatchWriter

COLLECT_AFTER = 100_000


def import_catalog(
    order: ImportOrder, *, tell: Told, progress: Progress, now: datetime, actor: Actor
) -> ImportResult:
    """Read, shape and write in batches; memory stays flat. Safe to repeat: what is as before is
    neither written nor told. Each batch is one transaction, so that a broken import can go on
    by starting again.

    Raises NoSuchChannel, NoSuchPriceList, and MappingWrong (at a table's first row at the latest).
    """
    window = Window(from_at=now)
    mapping = order.mapping
    shaper = MappedShaper(mapping, channel=order.channel, window=window) if mapping else OwnShaper()
    if mapping is not None:
        _check_places(order, mapping)
    result = ImportResult()
    studio = Studio()
    writer = BatchWriter(
        order=order,
        parts=shaper.parts,
        is_foreign=mapping is not None,
        price_lists={row.code: row for row in list_price_lists()},
        result=result,
        tell=tell,
        studio=studio,
        now=now,
        actor=actor,
    )
    batches = read_batches(order.paths, mapping=mapping, shaper=shaper, size=order.batch)
    with _calm_collector(), studio, made_ahead(batches) as ready:
        for batch in ready:
            writer.write(batch)
            progress(batch.done, result.records)
    result.unused = [
        _("line {line}: {rule}", line=rule.line, rule=f"{rule.name} = {', '.join(rule.sources)}")
        for rule in shaper.never_seen()
    ]
    return result


@contextmanager
def _calm_collector() -> Iterator[None]:
    """A batch is many objects without circles: looking for circles all the time costs a sixth."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def usual_price_list(*, channel: str) -> str:
    """The standing list for everyone in the channel's market; opened where there is none."""
    market = get_channel(channel).market
    lists = [
        row
        for row in list_price_lists(market=market.code)
        if row.audience is Audience.EVERYONE and row.valid_from is None and row.valid_to is None
    ]
    if lists:
        return min(lists, key=_rank).code
    code = f"retail-{market.code}"
    open_price_list(code=code, name="Retail", market=market.code, currency=market.currency)
    return code


def _rank(row: PriceListRow) -> tuple[int, str]:
    return row.priority, row.code


def _check_places(order: ImportOrder, mapping: FileMapping) -> None:
    """Where prices, stock and publications go must be there before the first record is read."""
    if order.channel:
        get_channel(order.channel)
    rules = {rule.name: rule for rule in mapping.fields}
    if "price" in rules:
        currency = get_price_list(order.price_list).currency
        if currency != mapping.currency:
            why = _(
                "the price list {list} is in {currency}, not {other}",
                list=order.price_list,
                currency=currency,
                other=mapping.currency,
            )
            raise MappingWrong(file=mapping.name, line=rules["price"].line, why=why)
    if "stock" in rules and not order.location:
        why = _('stock needs a place: write location = "…" at the top, or name it in the command')
        raise MappingWrong(file=mapping.name, line=rules["stock"].line, why=why)
