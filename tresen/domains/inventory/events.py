"""Facts announced by this domain."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StockChanged(Event):
    """What lies there or what may still be sold of these variants changed.

    Not told when a cart's held pieces become an order's: nothing on a shelf changes then.
    """

    variant_ids: list[str]
