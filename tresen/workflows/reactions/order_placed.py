"""What happens after OrderPlaced, in the order a person would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.events import OrderPlaced
from tresen.domains.orders.queries import list_whole_orders
from tresen.workflows.caring.order_letters import order_letter, whole_order
from tresen.workflows.weighing.weigh_orders import weigh_orders


def confirm_by_mail(events: Sequence[OrderPlaced]) -> None:
    """The key makes hearing the fact twice harmless."""
    letters = [
        order_letter(
            order,
            kind=LetterKind.ORDER_PLACED,
            key=f"order-placed:{order.id}",
            more=whole_order(order),
        )
        for order in list_whole_orders([UUID(event.order_id) for event in events])
    ]
    queue_letters(letters=letters, now=events[-1].happened_at)


def weigh_risk(events: Sequence[OrderPlaced]) -> None:
    """Look at the orders; those that a person is to see wait for them."""
    weigh_orders([UUID(event.order_id) for event in events], now=events[-1].happened_at)
