"""The shelves as header and front door show them; each process remembers them for seconds."""

from __future__ import annotations

import time

from django.urls import reverse

from tresen.domains.catalog.queries import category_tree
from tresen.domains.catalog.types import CategoryNode
from tresen.entrypoints.shared.rows import Link

TREE_SECONDS = 5.0

_remembered: dict[str, tuple[float, tuple[CategoryNode, ...]]] = {}


def shelves(*, locale: str) -> tuple[CategoryNode, ...]:
    """The visible categories, roots first."""
    known = _remembered.get(locale)
    if known is not None and time.monotonic() - known[0] < TREE_SECONDS:
        return known[1]
    tree = category_tree(locale=locale, only_visible=True)
    _remembered[locale] = (time.monotonic(), tree)
    return tree


def shelf_links(*, locale: str) -> list[Link]:
    """The roots as links."""
    return [
        Link(node.category.name, reverse("storefront:category", args=[node.category.slug]))
        for node in shelves(locale=locale)
    ]


def forget_shelves() -> None:
    _remembered.clear()
