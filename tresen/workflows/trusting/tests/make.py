"""Erika, who bought once, and what is known about her."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.conversations.commands import queue_letters
from tresen.domains.conversations.models import Letter
from tresen.domains.conversations.types import LetterKind
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow
from tresen.domains.payments.queries import list_payments_of
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestWay
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.foundation.vault.sealing import reading_restricted, unseal_json
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart
from tresen.workflows.caring.order_letters import order_letter, whole_order
from tresen.workflows.delivering.ship_order import ship_order
from tresen.workflows.trusting.ask import ask


def order(shop: SmallShop, *, done: bool = True, now: datetime = NOON) -> OrderRow:
    """One order of one tea and two mugs; `done`: paid and sent, with its confirmation written."""
    placed = place_order(
        cart_id=ready_cart(shop, now=now),
        channel=shop.channel,
        key=f"key-{now.isoformat()}",
        seen_total=None,
        texts={},
        now=now,
        actor=GUEST,
    )
    row = get_order(placed.order_id)
    letter = order_letter(
        row, kind=LetterKind.ORDER_PLACED, key=f"order-placed:{row.id}", more=whole_order(row)
    )
    queue_letters(letters=[letter], now=now)
    if done:
        finish(row, now=now)
    return get_order(placed.order_id)


def finish(row: OrderRow, *, now: datetime = NOON) -> None:
    """Paid and handed to the carrier."""
    (payment,) = list_payments_of(row.id)
    mark_paid(payment_id=payment.id, amount=payment.owed, key="paid", now=now, actor=SYSTEM)
    ship_order(
        order_id=row.id,
        pieces={line.id: line.quantity for line in row.lines},
        carrier="DHL",
        tracking="00340434161094",
        now=now,
        actor=SYSTEM,
    )


def wish(
    person_id: UUID,
    kind: RequestKind,
    *,
    way: RequestWay = RequestWay.LINK,
    words: str = "",
    now: datetime = NOON,
) -> RequestRow:
    """Asked for in German."""
    with transaction.atomic():
        return ask(
            person_id=person_id, kind=kind, way=way, locale="de", wish=words, now=now, actor=GUEST
        )


def letters(kind: str) -> list[dict[str, object]]:
    """What the letters of a kind say, oldest first."""
    found = Letter.objects.filter(kind=kind).order_by("queued_at", "id")
    with reading_restricted():
        return [
            cast(
                "dict[str, object]",
                unseal_json(bytes(one.payload), place="conversations_letter.payload", row=one.id),
            )
            for one in found
        ]
