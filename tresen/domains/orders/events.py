"""Facts this domain announces. Past tense, ids and plain values only, never renamed."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    order_id: str
    channel_code: str
    payment_method: str
    gross_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    order_id: str
    was_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid(Event):
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShipped(Event):
    order_id: str
    parcel_id: str
    collected: bool
