"""Tables of this domain. Private: others ask queries."""

from __future__ import annotations

from tresen.domains.catalog.models.definitions import Attribute, Brand, Option, OptionValue
from tresen.domains.catalog.models.media import Picture, ProductPicture
from tresen.domains.catalog.models.products import (
    OldSlug,
    Product,
    ProductCategory,
    ProductText,
    Publication,
    Variant,
)
from tresen.domains.catalog.models.shelves import Category, CategoryText, OldCategorySlug

__all__ = [
    "Attribute",
    "Brand",
    "Category",
    "CategoryText",
    "OldCategorySlug",
    "OldSlug",
    "Option",
    "OptionValue",
    "Picture",
    "Product",
    "ProductCategory",
    "ProductPicture",
    "ProductText",
    "Publication",
    "Variant",
]
