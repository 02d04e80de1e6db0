"""Entries as they come from the database, in the order of COLUMNS."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast
from uuid import UUID

from tresen.domains.discovery.rules import unpacked
from tresen.domains.discovery.types import Entry, Picture
from tresen.foundation.money import Money
from tresen.foundation.sql import Row

COLUMNS: Final = (
    "e.product_id, e.variant_id, e.variant_count, e.slug, e.title, e.brand_code, e.brand,"
    " e.picture_urls, e.picture_width, e.picture_height, e.picture_alt, e.price_minor,"
    " e.price_max_minor, e.reference_minor, e.tax_category, e.content_amount, e.content_unit,"
    " e.available"
)
COLUMN_COUNT: Final = 18

_Columns = tuple[
    UUID,
    UUID,
    int,
    str,
    str,
    str,
    str,
    str,
    int,
    int,
    str,
    int,
    int,
    int | None,
    str,
    Decimal | None,
    str,
    int,
]


def entry_of(row: Row, *, currency: str) -> Entry:
    """The card; `row` may hold more than its columns behind them."""
    (
        product_id,
        variant_id,
        variant_count,
        slug,
        title,
        brand_code,
        brand,
        urls,
        width,
        height,
        alt,
        price,
        highest,
        reference,
        tax_category,
        content_amount,
        content_unit,
        available,
    ) = cast("_Columns", row[:COLUMN_COUNT])
    return Entry(
        product_id=product_id,
        variant_id=variant_id,
        variant_count=variant_count,
        slug=slug,
        title=title,
        brand_code=brand_code,
        brand=brand,
        picture=picture_of(urls, width=width, height=height, alt=alt),
        price=Money(price, currency),
        is_from=highest > price,
        reference=Money(reference, currency) if reference is not None else None,
        tax_category=tax_category,
        content_amount=content_amount,
        content_unit=content_unit,
        available=available,
    )


def picture_of(urls: str | None, *, width: int, height: int, alt: str) -> Picture | None:
    """The picture, if there is one."""
    return Picture(alt, width, height, unpacked(urls)) if urls else None
