"""What happens after stock changed: lists say whether it can be had."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tresen.domains.inventory.events import StockChanged
from tresen.workflows.listing.refresh import refresh_stock


def refresh_stock_shown(events: Sequence[StockChanged]) -> None:
    """Orders in a busy second are looked at together; most change nothing that is shown."""
    refresh_stock(
        (UUID(one) for event in events for one in event.variant_ids),
        now=max(event.happened_at for event in events),
    )
