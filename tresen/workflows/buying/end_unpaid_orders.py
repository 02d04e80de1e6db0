"""Orders whose term of payment has ended are taken back, so that their goods are free again."""

from __future__ import annotations

from datetime import datetime, timedelta

from tresen.domains.orders.queries import list_unpaid_since
from tresen.domains.orders.rules import NotCancellable
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.cancel_order import take_back_order

TERMS = {
    ("bank_transfer",): timedelta(days=10),
    ("demo_card", "stripe"): timedelta(days=1),
}
"""Seven days are promised for a transfer; banks and weekends get three more."""
ORDERS_MAX = 200


def end_unpaid_orders(*, now: datetime) -> int:
    """Each order in a transaction of its own; says how many were taken back."""
    ended = 0
    for methods, term in TERMS.items():
        for order_id in list_unpaid_since(before=now - term, methods=methods, limit=ORDERS_MAX):
            try:
                take_back_order(order_id=order_id, reason="unpaid", now=now, actor=SYSTEM)
            except NotCancellable:
                continue  # shipped on account meanwhile: a person decides
            ended += 1
    return ended
