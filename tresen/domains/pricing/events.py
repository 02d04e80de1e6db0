"""Facts announced by this domain."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event

VARIANTS_PER_FACT_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesChanged(Event):
    """Prices or announced reductions of these variants changed in a market."""

    variant_ids: list[str]
    market: str
