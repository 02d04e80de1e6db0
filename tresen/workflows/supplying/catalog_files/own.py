"""Our own format, record by record: definitions are noted, products are shaped."""

from __future__ import annotations

from collections.abc import Mapping

from tresen.domains.catalog.types import ALL_PARTS, Part
from tresen.foundation.refusals import Refusal
from tresen.workflows.supplying.catalog_files.faults import NotARecord, RecordFault, SkuMissing
from tresen.workflows.supplying.catalog_files.mapping_types import FieldRule
from tresen.workflows.supplying.catalog_files.own_csv import (
    PRODUCT,
    VARIANT,
    from_cell,
    product_of_rows,
)
from tresen.workflows.supplying.catalog_files.own_json import HEADER, KINDS, VERSION
from tresen.workflows.supplying.catalog_files.own_records import keep_definition, product_of
from tresen.workflows.supplying.catalog_files.own_values import Taken
from tresen.workflows.supplying.catalog_files.records import Data, Record
from tresen.workflows.supplying.catalog_files.shaped import Definitions, Shaped


class OwnShaper:
    """Takes what `export catalog` gave. Rows of a table are gathered until the product is whole."""

    parts: frozenset[Part] = ALL_PARTS

    def __init__(self) -> None:
        self._definitions = Definitions()
        self._rows: list[Record] = []

    def take_definitions(self) -> Definitions:
        """What was noted since the last time."""
        taken, self._definitions = self._definitions, Definitions()
        return taken

    def never_seen(self) -> list[FieldRule]:
        return []

    def shape(self, record: Record, *, file: str) -> list[Shaped | RecordFault]:
        """Nothing for a definition, and for a row whose product may go on."""
        done: list[Shaped | RecordFault] = []
        try:
            if record.wrong is not None:
                raise record.wrong
            if "record" in record.data:
                self._row(record, file, done)
            else:
                self._object(record, file, done)
        except Refusal as refusal:
            done.append(_fault(record, refusal, file))
        return done

    def rest(self, *, file: str) -> list[Shaped | RecordFault]:
        """The product of the last rows of a table."""
        rows, self._rows = self._rows, []
        if not rows:
            return []
        try:
            product = product_of_rows([row.data for row in rows])
            return [_checked(Taken(product, field=""), file=file, line=rows[0].line)]
        except Refusal as refusal:
            return [_fault(rows[0], refusal, file)]

    def _object(self, record: Record, file: str, done: list[Shaped | RecordFault]) -> None:
        (kind, value), *others = list(record.data.items()) or [("", None)]
        if others or (kind not in KINDS and kind != HEADER):
            raise NotARecord(params={"why": ", ".join(KINDS)})
        if kind == HEADER:
            if value != VERSION:
                raise NotARecord(params={"why": f"{HEADER} {value!r}"})
            return
        taken = Taken(value, field="")
        if kind == PRODUCT:
            done.append(_checked(taken, file=file, line=record.line))
        else:
            keep_definition(kind, taken, definitions=self._definitions)

    def _row(self, record: Record, file: str, done: list[Shaped | RecordFault]) -> None:
        kind = str(record.data["record"])
        if kind == VARIANT and self._rows and _code(record.data) == _code(self._rows[0].data):
            self._rows.append(record)
            return
        done += self.rest(file=file)
        if kind in (PRODUCT, VARIANT, ""):
            self._rows = [record]
        elif kind in KINDS:
            taken = Taken(from_cell(str(record.data.get("definition", ""))), field="definition.")
            keep_definition(kind, taken, definitions=self._definitions)
        else:
            raise NotARecord(params={"why": kind})


def is_own(data: Data) -> bool:
    """Does a file begin as ours do?"""
    return HEADER in data or {"record", "definition"} <= data.keys()


def _checked(taken: Taken, *, file: str, line: int) -> Shaped:
    shaped = product_of(taken, file=file, line=line)
    if not shaped.draft.variants:
        raise SkuMissing(field="variants")
    return shaped


def _code(data: Mapping[str, object]) -> str:
    return str(data.get("code", ""))


def _fault(record: Record, refusal: Refusal, file: str) -> RecordFault:
    sku = str(record.data.get("sku") or record.data.get("code") or "")
    return RecordFault(file=file, line=record.line, sku=sku, refusal=refusal)
