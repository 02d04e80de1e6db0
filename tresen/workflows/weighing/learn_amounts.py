"""What orders of this shop usually cost: learned anew each night from its own last months."""

from __future__ import annotations

from datetime import datetime, timedelta

from tresen.domains.orders.queries import amounts_since
from tresen.domains.risk.commands import refresh_amounts

LEARNED_FROM = timedelta(days=180)
ORDERS_MAX = 50_000


def learn_amounts(*, now: datetime) -> int:
    """How many orders it was learned from; below fifty per currency nothing is said."""
    amounts = amounts_since(since=now - LEARNED_FROM, limit=ORDERS_MAX)
    refresh_amounts(amounts=amounts, now=now)
    return len(amounts)
