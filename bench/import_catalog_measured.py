"""The measured part of `bench.import_catalog`; Django is set up when it is imported."""

from __future__ import annotations

import json
import os
import resource
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.common import ROOT, cpu_of
from tresen.domains.catalog.queries import count_products, list_attributes
from tresen.domains.pricing.commands import open_price_list
from tresen.domains.stores.commands import found_store, open_channel, set_market
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.workflows.supplying.catalog_files.mapping_file import read_mapping
from tresen.workflows.supplying.export_catalog import export_catalog
from tresen.workflows.supplying.import_catalog import import_catalog
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult

MAPPING = ROOT / "examples" / "mappings" / "icecat.toml"
CHANNEL = "web-de"
LIST = "retail-de"


def measure(files: Sequence[Path], *, folder: Path, copies: int) -> dict[str, object]:
    _open_shop()
    figures: dict[str, object] = {"load_average_before": round(os.getloadavg()[0], 1)}
    told: list[object] = []
    figures["first"] = _timed(lambda: _take(files, told), folder)
    figures["again"] = _timed(lambda: _take(files, told), folder)
    figures["export_jsonl"] = _timed(lambda: _give(folder / "catalog.jsonl"), folder)
    products, variants = count_products()
    figures |= {
        "products": products,
        "variants": variants,
        "attributes": len(list_attributes()),
        "fields_left_out": len(told) // 2,
        "bytes_exported": (folder / "catalog.jsonl").stat().st_size,
    }
    if copies:
        more = _copies(files, folder / "copies.jsonl", copies)
        figures["copies"] = _timed(lambda: _take([more], told), folder)
    return figures


def _timed(work: Callable[[], int], folder: Path) -> dict[str, object]:
    """Seconds on the wall and of CPU, ours and the database's; memory of this process so far."""
    before, database = time.process_time(), cpu_of(data=folder).database
    begun = time.perf_counter()
    count = work()
    seconds = time.perf_counter() - begun
    return {
        "products": count,
        "seconds": round(seconds, 2),
        "products_per_second": round(count / seconds),
        "cpu_seconds_python": round(time.process_time() - before, 2),
        "cpu_seconds_database": round(cpu_of(data=folder).database - database, 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _take(files: Sequence[Path], told: list[object]) -> int:
    result: ImportResult = import_catalog(
        ImportOrder(
            paths=tuple(files), mapping=read_mapping(MAPPING), channel=CHANNEL, price_list=LIST
        ),
        tell=told.append,
        progress=lambda _done, _records: None,
        now=clock.now(),
        actor=SYSTEM,
    )
    assert not result.refused
    return result.records


def _give(target: Path) -> int:
    with target.open("w", encoding="utf-8", newline="") as out:
        return export_catalog(out, format="jsonl")


def _copies(files: Sequence[Path], target: Path, copies: int) -> Path:
    """The same goods under other numbers and bar codes, one object per line."""
    with target.open("w", encoding="utf-8") as out:
        for copy in range(copies):
            for path in files:
                with zipfile.ZipFile(path) as archive:
                    for row in json.loads(archive.read(archive.namelist()[0])):
                        row |= {"id": f"{copy}-{row['id']}", "ean": []}
                        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return target


def _open_shop() -> None:
    store = NewStore(
        code="bench",
        name="Bench",
        legal_name="Bench GmbH",
        street="Kai 1",
        postcode="20457",
        city="Hamburg",
        country="DE",
        email="bench@example.com",
    )
    market = MarketRow(
        code="de",
        country="DE",
        countries=("DE",),
        currency="EUR",
        locales=("de", "en"),
        prices_include_tax=True,
        time_zone="Europe/Berlin",
    )
    store_id = found_store(store=store)
    set_market(market=market)
    open_channel(code=CHANNEL, name="Bench", kind=ChannelKind.WEB, store_id=store_id, market="de")
    open_price_list(code=LIST, name="Retail", market="de", currency="EUR")
