"""What the lists need although nobody told a fact: done each minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from tresen.workflows.listing.rebuild import leave_closed, rebuild_missing, sweep
from tresen.workflows.listing.refresh import refresh_demand, refresh_due

DEMAND_EVERY: Final = timedelta(hours=1)


def keep_lists(*, now: datetime) -> int:
    """Planned prices and publications begin and end, new channels get lists, old rows go.

    Says how many products and channels it looked at. A missed turn is made up for by the next.
    """
    shown = refresh_due(now=now)
    leave_closed(now=now)
    built = rebuild_missing(clock=lambda: now)
    sweep(now=now)
    return shown + built


def weigh_lists(*, now: datetime) -> int:
    """Each hour: what sold lately moves up, and what faded moves down."""
    return refresh_demand(since=now - DEMAND_EVERY, now=now)
