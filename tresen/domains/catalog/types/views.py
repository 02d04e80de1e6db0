"""Frozen rows that queries answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tresen.domains.catalog.types.definitions import BrandRow, CategoryRow
from tresen.domains.catalog.types.words import AttributeKind, JsonValue, ProductStatus

AttributeValue = str | bool | Decimal | date
"""A typed value in one language: text, boolean, number, date; a choice shows its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture in one language: true size of the largest version, addresses by pixel width."""

    picture: str
    width: int
    height: int
    alt: str
    urls: Mapping[int, str]
    variant_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantSnapshot:
    """What an order must know of a variant; `options` reads «Farbe: Blau, Größe: M»."""

    variant_id: UUID
    product_id: UUID
    sku: str
    gtin: str
    title: str
    options: str
    slug: str
    picture_url: str
    picture_alt: str
    weight_g: int | None
    tax_category: str
    origin_country: str
    tariff_code: str
    content_amount: Decimal | None
    content_unit: str
    max_per_order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionValueView:
    """One button of an option."""

    code: str
    label: str
    swatch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice before the cart, with the values that this product's variants have."""

    code: str
    label: str
    values: tuple[OptionValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantView:
    """A variant on its product page; `choices` are option code to value code."""

    variant_id: UUID
    sku: str
    gtin: str
    choices: Mapping[str, str]
    is_default: bool
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    origin_country: str
    tariff_code: str
    content_amount: Decimal | None
    content_unit: str
    max_per_order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeView:
    """One row of the facts table, in one language."""

    code: str
    label: str
    kind: AttributeKind
    unit: str
    value: AttributeValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """All that a product page says. `slug` is the present one: if it is not what was asked for,
    the address has moved. `slugs` are the addresses in the other languages."""

    product_id: UUID
    code: str
    locale: str
    slug: str
    slugs: Mapping[str, str]
    name: str
    summary: str
    description: str
    meta_title: str
    meta_description: str
    tax_category: str
    listed_on: date | None
    brand: BrandRow | None
    categories: tuple[CategoryRow, ...]
    trail: tuple[CategoryRow, ...]
    options: tuple[OptionView, ...]
    variants: tuple[VariantView, ...]
    attributes: tuple[AttributeView, ...]
    media: tuple[PictureView, ...]

    @property
    def default_variant(self) -> VariantView:
        return next((v for v in self.variants if v.is_default), self.variants[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantListRow:
    """A variant as the stock screens list it."""

    variant_id: UUID
    product_id: UUID
    sku: str
    name: str


class ProductSort(StrEnum):
    """Orders of the back office list."""

    NAME = "name"
    CODE = "code"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductListRow:
    """A product in the back office list; `sku` is the default variant's."""

    product_id: UUID
    code: str
    name: str
    brand: str
    status: ProductStatus
    sku: str
    variant_count: int
    picture: PictureView | None
    channels: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductList:
    """A page of the list; empty cursors mean: no such page."""

    rows: tuple[ProductListRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedVariant:
    """What search and browse keep of a variant."""

    variant_id: UUID
    sku: str
    gtins: tuple[str, ...]
    choices: Mapping[str, str]
    is_default: bool
    content_amount: Decimal | None
    content_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedText:
    """A product in one language, missing words filled by the fallback chain."""

    locale: str
    name: str
    sort_name: str
    slug: str
    summary: str
    description: str
    category_names: tuple[str, ...]
    picture_alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionRow:
    """One product as `discovery` keeps it. `category_ids` and `category_paths` hold every shelf
    it stands on and all above them; `attributes` are raw values by code (see JsonValue), all of
    them, `filterable` the codes that may become facets."""

    product_id: UUID
    code: str
    brand_code: str
    brand_name: str
    tax_category: str
    listed_on: date | None
    category_ids: tuple[UUID, ...]
    category_paths: tuple[str, ...]
    attributes: Mapping[str, JsonValue]
    filterable: frozenset[str]
    picture: PictureView | None
    variants: tuple[ProjectedVariant, ...]
    texts: tuple[ProjectedText, ...]
    from_at: datetime
    until_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFound:
    """A variant found by its SKU or GTIN."""

    variant_id: UUID
    product_id: UUID
    sku: str
    gtin: str
    product_code: str
    is_archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEditRow:
    """A product as the back office edits it; `revision` guards against overwriting a colleague."""

    product_id: UUID
    revision: int
    changed_at: datetime
    changed_by: str
    code: str
    status: ProductStatus
    variant_ids: Mapping[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureKept:
    """A picture file that was taken in; `hash` names it for good, `file` is the original's path
    in the media folder."""

    hash: str
    file: str
    width: int
    height: int
    widths: tuple[int, ...]
