"""Writes. Keywords only, inside the caller's transaction, set-based, and each tells once."""

from __future__ import annotations

from tresen.domains.inventory.commands.claims import (
    allocate_stock,
    deallocate_stock,
    hold_stock,
    release_expired,
    release_hold,
)
from tresen.domains.inventory.commands.goods import (
    StockPromised,
    correct_stock,
    move_stock,
    receive_stock,
)
from tresen.domains.inventory.commands.orders import (
    NotAllocated,
    NotShipped,
    return_stock,
    ship_stock,
)
from tresen.domains.inventory.commands.places import open_location, spread_level

__all__ = [
    "NotAllocated",
    "NotShipped",
    "StockPromised",
    "allocate_stock",
    "correct_stock",
    "deallocate_stock",
    "hold_stock",
    "move_stock",
    "open_location",
    "receive_stock",
    "release_expired",
    "release_hold",
    "return_stock",
    "ship_stock",
    "spread_level",
]
