"""What happens after OrderPlaced, in the order a person would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.events import OrderPlaced
from tresen.domains.orders.queries import get_order
from tresen.workflows.caring.order_letters import order_letter, whole_order


def confirm_by_mail(events: Sequence[OrderPlaced]) -> None:
    """The key makes hearing the fact twice harmless."""
    letters = []
    for event in events:
        order = get_order(UUID(event.order_id))
        letters.append(
            order_letter(
                order,
                kind=LetterKind.ORDER_PLACED,
                key=f"order-placed:{event.order_id}",
                more=whole_order(order),
            )
        )
    queue_letters(letters=letters, now=events[-1].happened_at)
