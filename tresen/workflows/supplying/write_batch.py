"""A batch of shaped products is written: definitions, products, prices, stock; all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import transaction

from tresen.domains.catalog.commands import (
    put_attributes,
    put_brands,
    put_categories,
    put_options,
    put_products,
)
from tresen.domains.catalog.types import Part, Written
from tresen.domains.inventory.commands import correct_stock
from tresen.domains.inventory.types import Count
from tresen.domains.pricing.commands import set_prices
from tresen.domains.pricing.rules import check_rows
from tresen.domains.pricing.types import NewPrice, PriceListRow
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal
from tresen.workflows.supplying.catalog_files.batches import Batch
from tresen.workflows.supplying.catalog_files.faults import PriceListUnknown, RecordFault
from tresen.workflows.supplying.catalog_files.shaped import Definitions, PriceDraft, Shaped
from tresen.workflows.supplying.import_types import ImportOrder, ImportResult, Told
from tresen.workflows.supplying.keep_pictures import keep_pictures
from tresen.workflows.supplying.studio import Studio

T = TypeVar("T")

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWriter:
    """What stays the same from batch to batch. `is_foreign` files bring definitions along but do
    not change those that are there; our own files do."""

    order: ImportOrder
    parts: frozenset[Part]
    is_foreign: bool
    price_lists: Mapping[str, PriceListRow]
    result: ImportResult
    tell: Told
    studio: Studio
    now: datetime
    actor: Actor
    tried: Definitions = field(default_factory=Definitions)

    def write(self, batch: Batch) -> None:
        """One transaction, and what has to be told of it."""
        self._account_for_reading(batch)
        definitions = self._definitions_of(batch)
        if not batch.shaped and definitions.is_empty():
            return
        priced = [shaped for shaped in batch.shaped if self._prices_are_sound(shaped)]
        shown, parts = keep_pictures(
            priced, order=self.order, studio=self.studio, tell=self._note, now=self.now
        )
        with transaction.atomic():
            self._define(definitions)
            written = put_products(
                [shaped.draft for shaped in shown],
                parts=self.parts & parts,
                now=self.now,
                actor=self.actor,
            )
            self._set_prices(shown, written)
            self._count_stock(shown, written)
            if self.order.is_dry_run:
                transaction.set_rollback(True)
        self._account_for_writing(shown, written)

    def _account_for_reading(self, batch: Batch) -> None:
        self.result.records += batch.records
        self.result.refused += len(batch.faults)
        for fault in batch.faults:
            self.tell(fault)
        if batch.unread:
            self.result.unread.append(batch.unread)

    def _definitions_of(self, batch: Batch) -> Definitions:
        """A trial run keeps nothing, so that each batch needs those of all before, too."""
        if not self.order.is_dry_run:
            return batch.definitions
        self.tried.add(batch.definitions)
        return self.tried

    def _define(self, definitions: Definitions) -> None:
        """Parents before children: shelves in the order of their paths."""
        new = self.is_foreign
        shelves = [shelf for _, shelf in sorted(definitions.categories.items())]
        self._each(definitions.attributes.values(), lambda some: put_attributes(some, only_new=new))
        self._each(definitions.options.values(), lambda some: put_options(some, only_new=new))
        self._each(
            definitions.brands.values(), lambda some: put_brands(some, now=self.now, only_new=new)
        )
        self._each(shelves, lambda some: put_categories(some, now=self.now, only_new=new))

    def _each(self, found: Iterable[T], put: Callable[[Sequence[T]], object]) -> None:
        """All at once; if one is refused, one by one, so that the others are there."""
        definitions = list(found)
        if not definitions:
            return
        try:
            with transaction.atomic():
                put(definitions)
        except Refusal:
            for definition in definitions:
                self._try(lambda one=definition: put([one]), file="", line=0, sku="")  # type: ignore[misc]

    def _try(self, write: Callable[[], object], *, file: str, line: int, sku: str) -> None:
        try:
            with transaction.atomic():
                write()
        except Refusal as refusal:
            self._note(RecordFault(file=file, line=line, sku=sku, refusal=refusal, left_out=True))

    def _prices_are_sound(self, shaped: Shaped) -> bool:
        try:
            for code, rows in _by_list(shaped.prices, self.order.price_list).items():
                known = self.price_lists.get(code)
                if known is None:
                    raise PriceListUnknown(field="price", params={"list": code or "–"})
                check_rows(
                    [_row(price, _stand_in(price.sku)) for price in rows], currency=known.currency
                )
        except Refusal as refusal:
            self._refuse(shaped, refusal)
            return False
        return True

    def _set_prices(self, batch: Sequence[Shaped], written: Written) -> None:
        prices = [price for shaped in batch for price in shaped.prices]
        for code, rows in _by_list(prices, self.order.price_list).items():
            new = [
                _row(price, written.variant_ids[price.sku])
                for price in rows
                if price.sku in written.variant_ids
            ]
            if new:
                self.result.prices_changed += set_prices(
                    new, list_code=code, now=self.now, actor=self.actor
                )

    def _count_stock(self, batch: Sequence[Shaped], written: Written) -> None:
        counts = [
            (shaped, Count(written.variant_ids[sku], on_hand))
            for shaped in batch
            for sku, on_hand in shaped.stock.items()
            if sku in written.variant_ids
        ]
        if not counts:
            return
        try:
            with transaction.atomic():
                self._correct([count for _, count in counts])
        except Refusal:
            for shaped, count in counts:
                self._try(
                    lambda one=count: self._correct([one]),  # type: ignore[misc]
                    file=shaped.file,
                    line=shaped.line,
                    sku=shaped.sku,
                )

    def _correct(self, counts: Sequence[Count]) -> None:
        correct_stock(
            counts=counts, location_code=self.order.location, now=self.now, actor=self.actor
        )

    def _account_for_writing(self, batch: Sequence[Shaped], written: Written) -> None:
        for shaped in batch:
            for note in shaped.notes:
                self._note(note)
        for fault in written.faults:
            self._refuse(batch[fault.index], fault.refusal)
        self.result.added += written.added
        self.result.changed += written.changed
        self.result.unchanged += written.unchanged

    def _refuse(self, shaped: Shaped, refusal: Refusal) -> None:
        self.result.refused += 1
        self.tell(RecordFault(file=shaped.file, line=shaped.line, sku=shaped.sku, refusal=refusal))

    def _note(self, fault: RecordFault) -> None:
        self.result.left_out += 1
        self.tell(replace(fault, left_out=True))


def _by_list(prices: Sequence[PriceDraft], usual: str) -> dict[str, list[PriceDraft]]:
    lists: defaultdict[str, list[PriceDraft]] = defaultdict(list)
    for price in prices:
        lists[price.list_code or usual].append(price)
    return lists


def _stand_in(sku: str) -> UUID:
    """A variant's id before it has one: each number its own."""
    return uuid5(_NOBODY, sku)


def _row(price: PriceDraft, variant_id: UUID) -> NewPrice:
    return NewPrice(
        variant_id=variant_id,
        amount=price.amount,
        min_quantity=price.min_quantity,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
    )
