"""Facts this domain announces."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPacked(Event):
    order_id: str
    parcel_id: str
    kind: str
