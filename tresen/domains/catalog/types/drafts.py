"""What one hands in to write a product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tresen.domains.catalog.types.words import (
    PER_ORDER_DEFAULT,
    ContentUnit,
    JsonValue,
    Localized,
    ProductStatus,
)
from tresen.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """A product in one language. Name and summary are plain text, the description clean HTML.

    An empty slug is made from the name and then kept: addresses change only when asked.
    """

    name: str
    slug: str = ""
    summary: str = ""
    description: str = ""
    meta_title: str = ""
    meta_description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft:
    """What is sold. Weight in grams and sides in millimetres, packed; `origin_country` is ISO
    3166-1 alpha-2, `tariff_code` 6 to 10 digits; `content_amount` is in `content_unit`. Without a
    position it stands where it is handed in."""

    sku: str
    gtin: str = ""
    other_gtins: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None
    is_default: bool = False
    is_archived: bool = False
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    origin_country: str = ""
    tariff_code: str = ""
    content_amount: Decimal | None = None
    content_unit: ContentUnit = ContentUnit.NONE
    max_per_order: int = PER_ORDER_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaDraft:
    """One picture of a product; `picture` is the hash of a kept file, `sku` empty for all."""

    picture: str
    alt: Localized
    position: int | None = None
    sku: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a product is shown in a channel: from `from_at` on, until before `until_at`."""

    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A product as it is handed in; `categories` are paths, the first is the main one."""

    code: str
    texts: Mapping[str, TextDraft]
    variants: tuple[VariantDraft, ...]
    brand: str = ""
    status: ProductStatus = ProductStatus.ACTIVE
    tax_category: str = "standard"
    listed_on: date | None = None
    options: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    attributes: Mapping[str, JsonValue] = field(default_factory=dict)
    media: tuple[MediaDraft, ...] = ()
    channels: Mapping[str, Window] = field(default_factory=dict)
    old_slugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Part(StrEnum):
    """Parts of a product that a source speaks for; what it is silent about is left alone.

    ATTRIBUTES adds to what is there, ATTRIBUTES_WHOLE replaces it; CHANNELS replaces, while
    CHANNELS_IF_NEW publishes only where a product was never published.
    """

    BRAND = "brand"
    STATUS = "status"
    TAX_CATEGORY = "tax_category"
    LISTED_ON = "listed_on"
    OPTIONS = "options"
    CATEGORIES = "categories"
    ATTRIBUTES = "attributes"
    ATTRIBUTES_WHOLE = "attributes_whole"
    MEDIA = "media"
    CHANNELS = "channels"
    CHANNELS_IF_NEW = "channels_if_new"
    OLD_SLUGS = "old_slugs"
    SUMMARY = "summary"
    DESCRIPTION = "description"
    META = "meta"
    GTIN = "gtin"
    OTHER_GTINS = "other_gtins"
    CHOICES = "choices"
    VARIANT_ORDER = "variant_order"
    WEIGHT = "weight"
    SIZE = "size"
    ORIGIN_COUNTRY = "origin_country"
    TARIFF_CODE = "tariff_code"
    CONTENT = "content"
    MAX_PER_ORDER = "max_per_order"


ALL_PARTS = frozenset(Part) - {Part.ATTRIBUTES, Part.CHANNELS_IF_NEW}
"""A full description: every part, attributes and channels replaced as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why one draft of many was not written; `index` is its place in what was handed in."""

    index: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing many products did. `variant_ids` holds every SKU that was accepted."""

    added: int
    changed: int
    unchanged: int
    product_ids: tuple[UUID, ...]
    variant_ids: Mapping[str, UUID]
    faults: tuple[Fault, ...]
