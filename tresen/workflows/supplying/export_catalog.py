"""The whole catalogue goes out as a file of our own format, and comes back in unchanged."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Literal, Protocol, TypeVar
from uuid import UUID

from django.core.files.storage import default_storage

from tresen.domains.catalog.queries import (
    list_attributes,
    list_brands,
    list_category_defs,
    list_drafts,
    list_locales,
    list_options,
    picture_files,
)
from tresen.domains.catalog.types import ProductDraft
from tresen.domains.pricing.queries import PRICES_MAX, list_prices
from tresen.domains.pricing.types import PriceRow
from tresen.workflows.supplying.catalog_files.own_csv import (
    columns_of,
    definition_row,
    product_rows,
)
from tresen.workflows.supplying.catalog_files.own_json import (
    Json,
    attribute_json,
    brand_json,
    category_json,
    header_json,
    option_json,
    product_json,
)
from tresen.workflows.supplying.catalog_files.shaped import PriceDraft

Format = Literal["jsonl", "csv"]


class Coded(Protocol):
    """Anything that is told apart by its code."""

    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)
Drafted = tuple[ProductDraft, Mapping[str, UUID]]

PAGE = 500
DEFINITIONS_MAX = 20_000
"""As many as the catalogue's queries give."""

PRICED_AT_ONCE = 200


def export_catalog(
    out: IO[str],
    *,
    format: Format,  # noqa: A002  (the word of the command line)
    media: Path | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> int:
    """Write everything to `out` (opened with newline=""), pictures' originals into `media`.

    The order is that of codes, so that the same catalogue gives the same bytes wherever it lies.
    Gives the number of products.
    """
    write = _Table(out) if format == "csv" else _Lines(out)
    for kind, definition in _definitions():
        write.definition(kind, definition)
    count = 0
    for products in _products(media):
        for product in products:
            write.product(product)
        count += len(products)
        progress(count)
    return count


class _Lines:
    """One JSON object per line."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._line(header_json())

    def definition(self, kind: str, definition: Json) -> None:
        self._line({kind: definition})

    def product(self, product: Json) -> None:
        self._line({"product": product})

    def _line(self, value: Json) -> None:
        self._out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        self._out.write("\n")


class _Table:
    """One row per variant."""

    def __init__(self, out: IO[str]) -> None:
        columns = columns_of(sorted({"de", "en", *list_locales()}))
        self._rows = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        self._rows.writeheader()

    def definition(self, kind: str, definition: Json) -> None:
        self._rows.writerow(definition_row(kind, definition))

    def product(self, product: Json) -> None:
        self._rows.writerows(product_rows(product))


def _definitions() -> Iterator[tuple[str, Json]]:
    """Before the products, parents before children."""
    for attribute in _all(list_attributes()):
        yield "attribute", attribute_json(attribute)
    for option in _all(list_options()):
        yield "option", option_json(option)
    for brand in _all(list_brands()):
        yield "brand", brand_json(brand)
    for category in list_category_defs():
        yield "category", category_json(category)


def _all(found: Sequence[C]) -> list[C]:
    """In the order of their codes; a list that was cut off is no export."""
    assert len(found) < DEFINITIONS_MAX, "more definitions than one export can hold"
    return sorted(found, key=lambda one: one.code)


def _products(media: Path | None) -> Iterator[list[Json]]:
    after = ""
    while True:
        page = list_drafts(after_code=after, limit=PAGE)
        if page:
            yield _page(page, media)
            after = page[-1][0].code
        if len(page) < PAGE:
            return


def _page(
    page: Sequence[tuple[ProductDraft, Mapping[str, UUID]]], media: Path | None
) -> list[Json]:
    skus = {variant_id: sku for _, ids in page for sku, variant_id in ids.items()}
    prices = _prices(skus)
    files = _files([draft for draft, _ in page], media)
    return [
        product_json(
            draft,
            prices=[price for sku in ids for price in prices.get(sku, ())],
            files=files,
        )
        for draft, ids in page
    ]


def _prices(skus: Mapping[UUID, str]) -> dict[str, list[PriceDraft]]:
    """All prices in all lists, by SKU, in an order that does not depend on ids."""
    prices: dict[str, list[PriceDraft]] = {}
    for row in _price_rows(list(skus)):
        price = PriceDraft(
            sku=skus[row.variant_id],
            amount=row.amount,
            list_code=row.list_code,
            min_quantity=row.min_quantity,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        prices.setdefault(price.sku, []).append(price)
    for several in prices.values():
        several.sort(key=_place)
    return prices


def _place(price: PriceDraft) -> tuple[str, int, str, str]:
    return price.list_code, price.min_quantity, str(price.valid_from), str(price.valid_to)


def _price_rows(variant_ids: Sequence[UUID]) -> Iterator[PriceRow]:
    """The query is bounded: where it fills up, half as many are asked for."""
    for start in range(0, len(variant_ids), PRICED_AT_ONCE):
        yield from _some_price_rows(variant_ids[start : start + PRICED_AT_ONCE])


def _some_price_rows(some: Sequence[UUID]) -> list[PriceRow]:
    rows = list_prices(some)
    if len(rows) < PRICES_MAX:
        return rows
    assert len(some) > 1, "a variant has more prices than one export can hold"
    half = len(some) // 2
    return _some_price_rows(some[:half]) + _some_price_rows(some[half:])


def _files(drafts: Sequence[ProductDraft], media: Path | None) -> dict[str, str]:
    """What each picture's file is called in the export; copied where a folder is given."""
    pictures = sorted({medium.picture for draft in drafts for medium in draft.media})
    names = {}
    for picture, kept in picture_files(pictures).items():
        names[picture] = f"{picture}{Path(kept).suffix}"
        if media is not None:
            _copy(kept, media / names[picture])
    return names


def _copy(kept: str, target: Path) -> None:
    if not target.exists():
        with default_storage.open(kept, "rb") as source:
            target.write_bytes(source.read())
