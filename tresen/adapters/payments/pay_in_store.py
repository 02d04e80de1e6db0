"""Pay in store: money over the counter, when the goods are picked up."""

from __future__ import annotations

from tresen.adapters.payments.by_hand import ByHand


class PayInStore(ByHand):
    """The cashier says when it was paid."""
