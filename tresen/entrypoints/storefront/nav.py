"""The shelves as header and front door show them; each process remembers them for seconds."""

from __future__ import annotations

from tresen.domains.catalog.queries import category_tree
from tresen.domains.catalog.types import CategoryNode
from tresen.entrypoints.shared.rows import Link
from tresen.entrypoints.storefront.addresses import address_of
from tresen.foundation.remembered import Remembered

TREE_SECONDS = 5.0

_remembered = Remembered[str, tuple[CategoryNode, ...]](seconds=TREE_SECONDS)


def shelves(*, locale: str) -> tuple[CategoryNode, ...]:
    """The visible categories, roots first."""
    known = _remembered.find(locale)
    if known is not None:
        return known
    return _remembered.keep(locale, category_tree(locale=locale, only_visible=True))


def shelf_links(*, locale: str) -> tuple[Link, ...]:
    """The roots as links."""
    return tuple(
        Link(node.category.name, address_of("category", node.category.slug))
        for node in shelves(locale=locale)
    )


def forget_shelves() -> None:
    _remembered.forget()
