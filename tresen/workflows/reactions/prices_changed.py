"""What happens after prices changed: lists show the new ones."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.pricing.events import PricesChanged
from tresen.workflows.listing.refresh import refresh_variants


def refresh_prices(event: PricesChanged) -> None:
    """A fact names up to a thousand variants, so each is heard in a transaction of its own."""
    refresh_variants((UUID(one) for one in event.variant_ids), now=event.happened_at)
