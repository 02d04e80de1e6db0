"""Orders that belong to an account: those of mailboxes that its owner has proven.

A mailbox that was left counts up to the day it was left: later orders may be somebody else's.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.queries import list_mailboxes_of
from tresen.domains.accounts.types import MailboxRow, ShopperRow
from tresen.domains.orders.queries import NoSuchOrder, get_order, list_orders_of
from tresen.domains.orders.types import OrderRow, OrderSummary


def list_own_orders(shopper: ShopperRow, *, limit: int) -> list[OrderSummary]:
    """Newest first, guest orders included."""
    found = [
        order
        for mailbox in list_mailboxes_of(shopper.id)
        for order in list_orders_of(mailbox.person_id, limit=limit)
        if _covers(mailbox, order.placed_at)
    ]
    return sorted(found, key=lambda order: (order.placed_at, order.id), reverse=True)[:limit]


def get_own_order(shopper: ShopperRow, order_id: UUID) -> OrderRow:
    """Raises NoSuchOrder, for somebody else's as well."""
    order = get_order(order_id)
    theirs = (
        mailbox.person_id == order.person_id and _covers(mailbox, order.placed_at)
        for mailbox in list_mailboxes_of(shopper.id)
    )
    if not any(theirs):
        raise NoSuchOrder(field="order")
    return order


def _covers(mailbox: MailboxRow, moment: datetime) -> bool:
    is_after = mailbox.since is None or moment > mailbox.since
    return is_after and (mailbox.left_at is None or moment <= mailbox.left_at)
