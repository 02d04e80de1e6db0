"""Writes. Each is one transaction, takes keywords, and tells the house what changed."""

from __future__ import annotations

from tresen.domains.catalog.commands.bulk.writing import put_products
from tresen.domains.catalog.commands.definitions import put_attributes, put_brands, put_options
from tresen.domains.catalog.commands.media import hide_picture, keep_picture, show_picture
from tresen.domains.catalog.commands.products import (
    add_product,
    archive_product,
    edit_product,
    set_status,
)
from tresen.domains.catalog.commands.publication import publish_product, unpublish_product
from tresen.domains.catalog.commands.shelves import move_category, put_categories

__all__ = [
    "add_product",
    "archive_product",
    "edit_product",
    "hide_picture",
    "keep_picture",
    "move_category",
    "publish_product",
    "put_attributes",
    "put_brands",
    "put_categories",
    "put_options",
    "put_products",
    "set_status",
    "show_picture",
    "unpublish_product",
]
