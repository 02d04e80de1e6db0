"""Where a letter's links lead: pages that open without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from tresen.foundation.vault.links import make_link

ORDER_LINK = "order"
"""The purpose that an order page's link is signed for."""
ORDER_LINK_DAYS = 730
"""As long as the seller's legal guarantee: two years."""


def order_page(order_id: UUID, *, locale: str, placed_at: datetime) -> str:
    """The page of one order."""
    until = placed_at + timedelta(days=ORDER_LINK_DAYS)
    token = make_link(order_id, purpose=ORDER_LINK, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/orders/{token}/"


def withdrawal_page(*, locale: str) -> str:
    """The online withdrawal function (§ 356a BGB), open to everyone."""
    return f"{settings.PUBLIC_URL}/{locale}/withdrawal/"
