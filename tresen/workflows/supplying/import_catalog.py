"""A catalogue comes in from files: whatever can be taken is taken, the rest is told."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tresen.domains.catalog.types import Window
from tresen.domains.pricing.commands import open_price_list
from tresen.domains.pricing.queries import get_price_list, list_price_lists
from tresen.domains.pricing.types import Audience, PriceListRow
from tresen.domains.stores.queries import get_channel
from tresen.foundation.actor import Actor
from tresen.workflows.supplying.catalog_files.faults import FileUnreadable, RecordFault, SkuSeen
from tresen.workflows.supplying.catalog_files.mapped import MappedShaper
from tresen.workflows.supplying.catalog_files.mapping_types import FileMapping, MappingWrong
from tresen.workflows.supplying.catalog_files.own import OwnShaper, is_own
from tresen.workflows.supplying.catalog_files.records import Reading, Record, read_records
from tresen.workflows.supplying.catalog_files.seen import Seen
from tresen.workflows.supplying.catalog_files.shaped import Shaped
from tresen.workflows.supplying.catalog_files.sources import Source, opened
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult, Progress, Told
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
    writer = BatchWriter(
        order=order,
        parts=shaper.parts,
        is_foreign=mapping is not None,
        price_lists={row.code: row for row in list_price_lists()},
        result=result,
        tell=tell,
        now=now,
        actor=actor,
    )
    with Seen() as seen, _calm_collector():
        _Import(shaper, writer, seen, progress).run()
    result.unused = [
        f"line {rule.line}: {rule.name} = {', '.join(rule.sources)}" for rule in shaper.never_seen()
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
            why = f"the price list {order.price_list} is in {currency}, not {mapping.currency}"
            raise MappingWrong(file=mapping.name, line=rules["price"].line, why=why)
    if "stock" in rules and not order.location:
        why = 'stock needs a place: write location = "…" at the top, or name it in the command'
        raise MappingWrong(file=mapping.name, line=rules["stock"].line, why=why)


class _Import:
    """One run through all files."""

    def __init__(
        self,
        shaper: MappedShaper | OwnShaper,
        writer: BatchWriter,
        seen: Seen,
        progress: Progress,
    ) -> None:
        self._shaper = shaper
        self._writer = writer
        self._order = writer.order
        self._result = writer.result
        self._seen = seen
        self._progress = progress
        self._batch: list[Shaped] = []
        self._done = 0

    def run(self) -> None:
        for path in self._order.paths:
            try:
                self._file(path)
            except FileUnreadable as unreadable:
                self._result.unread.append(str(unreadable))
            self._flush()
            self._done += path.stat().st_size
            self._progress(self._done, self._result.records)

    def _file(self, path: Path) -> None:
        mapping = self._order.mapping
        with opened(path, format_given=mapping.format if mapping else "") as sources:
            for source in sources:
                self._source(source)

    def _source(self, source: Source) -> None:
        mapping = self._order.mapping
        reading = _reading(mapping)
        try:
            for number, record in enumerate(read_records(source, reading=reading)):
                if number == 0:
                    _check_first(record, source, mapping)
                self._result.records += 1
                self._take(self._shaper.shape(record, file=source.name))
                if len(self._batch) >= self._order.batch:
                    self._flush()
                    self._progress(self._done + source.done, self._result.records)
        finally:
            self._take(self._shaper.rest(file=source.name))

    def _take(self, found: Sequence[Shaped | RecordFault]) -> None:
        for one in found:
            fault = one if isinstance(one, RecordFault) else self._double(one)
            if fault is not None:
                self._result.refused += 1
                self._writer.tell(fault)
            elif isinstance(one, Shaped):
                self._batch.append(one)

    def _double(self, shaped: Shaped) -> RecordFault | None:
        """Said of the second record that brings an article number."""
        for variant in shaped.draft.variants:
            sku = variant.sku.strip()
            if sku and not self._seen.meet(sku):
                refusal = SkuSeen(field="sku", params={"sku": sku})
                return RecordFault(file=shaped.file, line=shaped.line, sku=sku, refusal=refusal)
        return None

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        if batch or not self._shaper.definitions.is_empty():
            refused = self._writer.write(batch, definitions=self._shaper.definitions)
            self._seen.forget(sorted(refused))


def _reading(mapping: FileMapping | None) -> Reading:
    if mapping is None:
        return Reading()
    return Reading(encoding=mapping.encoding, delimiter=mapping.delimiter, records=mapping.records)


def _check_first(record: Record, source: Source, mapping: FileMapping | None) -> None:
    """A file of ours must look like ours; a table must have the columns that are named."""
    if mapping is None:
        if record.wrong is None and not is_own(record.data):
            why = "this is no file of `tresen export catalog`; foreign files need --mapping"
            raise FileUnreadable(file=source.name, line=record.line, why=why)
        return
    if source.format != "csv" or record.wrong is not None:
        return
    columns = list(record.data)
    for rule in mapping.fields:
        if not any(one in record.data for one in rule.sources):
            raise MappingWrong(
                file=mapping.name, line=rule.line, why=_no_column(rule.sources[0], columns, source)
            )


def _no_column(name: str, columns: list[str], source: Source) -> str:
    near = difflib.get_close_matches(name, columns, n=1)
    meant = f" Did you mean «{near[0]}»?" if near else ""
    return f"{source.name} has no column «{name}».{meant} There are: {', '.join(columns)}."
