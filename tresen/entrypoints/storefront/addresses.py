"""Addresses of the shop's pages; a list needs dozens of them, and they never change."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

REMEMBERED_MAX = 8_192


def address_of(page: str, slug: str) -> str:
    """Of a product, a category or a legal text, in the language that is spoken now."""
    return _address(page, slug, get_language())


@lru_cache(maxsize=REMEMBERED_MAX)
def _address(page: str, slug: str, _language: str | None) -> str:
    return reverse(f"storefront:{page}", args=[slug])
