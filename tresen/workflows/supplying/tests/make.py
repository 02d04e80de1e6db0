"""Small builders for imports: a mapping, rows, and the shop they go to."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tresen.domains.catalog.queries import (
    find_variant_by_sku,
    get_draft,
    list_drafts,
    list_product_ids,
)
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import ProductDraft
from tresen.domains.inventory.commands import open_location
from tresen.domains.inventory.types import LocationKind, NewLocation
from tresen.foundation.actor import SYSTEM
from tresen.workflows.supplying.catalog_files.faults import RecordFault
from tresen.workflows.supplying.catalog_files.mapping_file import parse_mapping
from tresen.workflows.supplying.export_catalog import Format, export_catalog
from tresen.workflows.supplying.import_catalog import import_catalog, usual_price_list
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult

MAPPING = """
locale = "de"
currency = "EUR"
[fields]
sku = "sku"
name = "name"
price = { from = "price", decimal = "," }
brand = "brand"
categories = { from = "category", levels = ">" }
weight = { from = "weight", unit = "g", on_bad = "drop" }
gtin = "ean"
[[attributes]]
from = "t_*"
[[attributes]]
from = "n_*"
kind = "number"
"""
COLUMNS = ("sku", "name", "price", "brand", "category", "weight", "ean", "t_stoff", "n_breite_mm")


@dataclass(slots=True)
class Imported:
    """What an import gave, and what it told."""

    result: ImportResult
    faults: list[RecordFault]
    progress: list[tuple[int, int]] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[int, str, bool]]:
        """By line; batches tell their own when they are written."""
        return sorted((one.line, one.refusal.code, one.left_out) for one in self.faults)


def row(sku: str, **more: str) -> dict[str, str]:
    usual = {"name": f"Ding {sku}", "price": "1,50"}
    return {**dict.fromkeys(COLUMNS, ""), **usual, **more, "sku": sku}


def table(folder: Path, *rows: dict[str, str], name: str = "goods.csv") -> Path:
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(target.getvalue(), encoding="utf-8")
    return path


def json_file(folder: Path, rows: object, *, name: str = "goods.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def order(*paths: Path, mapping: str | None = MAPPING, **more: object) -> ImportOrder:
    usual: dict[str, object] = {"channel": make.channel(), "batch": 3}
    if mapping is not None:
        usual["mapping"] = parse_mapping(mapping, name="mapping.toml")
        usual["price_list"] = usual_price_list(channel=make.CHANNEL)
    return ImportOrder(paths=paths, **{**usual, **more})  # type: ignore[arg-type]


def imported(wanted: ImportOrder, *, now: datetime = make.NOON) -> Imported:
    done = Imported(ImportResult(), [])
    result = import_catalog(
        wanted,
        tell=done.faults.append,
        progress=lambda at, records: done.progress.append((at, records)),
        now=now,
        actor=SYSTEM,
    )
    return replace(done, result=result)


def take(*paths: Path, mapping: str | None = MAPPING, **more: object) -> Imported:
    return imported(order(*paths, mapping=mapping, **more))


def exported(*, format: Format = "jsonl", media: Path | None = None) -> str:  # noqa: A002
    out = io.StringIO(newline="")
    export_catalog(out, format=format, media=media)
    return out.getvalue()


def drafts() -> dict[str, ProductDraft]:
    return {draft.code: draft for draft, _ in list_drafts()}


def revisions() -> list[tuple[str, int, datetime, str]]:
    """Who changed which product last, when, and how often it was."""
    edits = [get_draft(product_id)[0] for product_id in list_product_ids()]
    return [(one.code, one.revision, one.changed_at, one.changed_by) for one in edits]


def draft_of(sku: str) -> ProductDraft:
    found = find_variant_by_sku(sku)
    assert found is not None
    return get_draft(found.product_id)[1]


def location(code: str = "lager") -> str:
    open_location(location=NewLocation(code=code, name="Lager", kind=LocationKind.WAREHOUSE))
    return code
