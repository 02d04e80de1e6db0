"""What a record became: a product with its price and stock, and what it needs to be there first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tresen.domains.catalog.types import (
    AttributeDef,
    BrandDef,
    CategoryDef,
    OptionDef,
    ProductDraft,
)
from tresen.foundation.money import Money
from tresen.workflows.supplying.catalog_files.faults import RecordFault


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDraft:
    """A price of one SKU in a list (empty: the list that the import names)."""

    sku: str
    amount: Money
    list_code: str = ""
    min_quantity: int = 1
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture by the name of its file, with words for those who cannot see it."""

    file: str
    alt: Mapping[str, str]
    sku: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """One product, ready to be written. `stock` is pieces counted, by SKU; `notes` say which
    fields were left out."""

    file: str
    line: int
    draft: ProductDraft
    prices: tuple[PriceDraft, ...] = ()
    stock: Mapping[str, int] = field(default_factory=dict)
    pictures: tuple[PictureFile, ...] = ()
    notes: tuple[RecordFault, ...] = ()

    @property
    def sku(self) -> str:
        return self.draft.variants[0].sku


@dataclass(slots=True)
class Definitions:
    """What products refer to. Later entries of the same code replace earlier ones."""

    attributes: dict[str, AttributeDef] = field(default_factory=dict)
    options: dict[str, OptionDef] = field(default_factory=dict)
    brands: dict[str, BrandDef] = field(default_factory=dict)
    categories: dict[str, CategoryDef] = field(default_factory=dict)

    def is_empty(self) -> bool:
        return not (self.attributes or self.options or self.brands or self.categories)

    def add(self, others: Definitions) -> None:
        self.attributes |= others.attributes
        self.options |= others.options
        self.brands |= others.brands
        self.categories |= others.categories
