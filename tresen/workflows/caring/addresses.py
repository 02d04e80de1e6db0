"""Where a letter's links lead: pages that open without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.order_links import LINK_DAYS, ORDER_LINK


def order_page(order_id: UUID, *, locale: str, placed_at: datetime) -> str:
    """The page of one order."""
    until = placed_at + timedelta(days=LINK_DAYS)
    token = make_link(order_id, purpose=ORDER_LINK, until=until)
    return f"{settings.PUBLIC_URL}/{locale}/orders/{token}/"


def withdrawal_page(*, locale: str) -> str:
    """Where one withdraws (§ 356a BGB), open to everyone."""
    return f"{settings.PUBLIC_URL}/{locale}/legal/withdrawal/"
