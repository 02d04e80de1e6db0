"""What happens after OrderShipped."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.fulfilment.queries import find_parcel
from tresen.domains.orders.events import OrderShipped
from tresen.domains.orders.queries import get_order
from tresen.workflows.caring.order_letters import order_letter, parcel_lines, whole_order


def announce_by_mail(event: OrderShipped) -> None:
    """What is in the parcel, who carries it, and what is still to come."""
    if event.collected:
        return
    parcel = find_parcel(UUID(event.parcel_id))
    assert parcel is not None, "a shipment has its parcel"
    order = get_order(UUID(event.order_id))
    pieces = {line.order_line_id: line.quantity for line in parcel.lines}
    rest = {line.id: line.open_quantity for line in order.lines if line.open_quantity}
    whole = whole_order(order)
    letter = order_letter(
        order,
        kind=LetterKind.ORDER_SHIPPED,
        key=f"order-shipped:{event.parcel_id}",
        more={
            "carrier": parcel.carrier,
            "tracking": parcel.tracking,
            "lines": parcel_lines(order, pieces),
            "rest": parcel_lines(order, rest),
            "address": whole["address"],
            "delivery": whole["delivery"],
        },
    )
    queue_letters(letters=[letter], now=event.happened_at)
