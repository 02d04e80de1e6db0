"""What happens after goods or shelves changed: lists and search show it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tresen.domains.catalog.events import CategoryChanged, ProductChanged, ProductsImported
from tresen.workflows.listing.refresh import refresh_category, refresh_products


def refresh_lists(events: Sequence[ProductChanged]) -> None:
    """Many products changed one by one are looked at together."""
    refresh_products(
        (UUID(event.product_id) for event in events),
        now=max(event.happened_at for event in events),
    )


def refresh_imported(event: ProductsImported) -> None:
    """A portion of an import: as many as the fact names."""
    refresh_products((UUID(one) for one in event.product_ids), now=event.happened_at)


def refresh_shelf(event: CategoryChanged, key: str) -> None:  # noqa: ARG001 (nobody outside is called)
    """In the manner Outside: a long shelf takes many short transactions."""
    refresh_category(UUID(event.category_id), now=event.happened_at)
