"""An order is taken back before anything left: goods are free again, money goes back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.inventory.commands import deallocate_stock
from tresen.domains.orders.commands import cancel_order
from tresen.domains.orders.types import OrderState
from tresen.domains.payments.commands import ask_refund, post_sale_reversal
from tresen.domains.payments.queries import list_payments_of
from tresen.domains.payments.types import RefundReason
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.idempotency import keys
from tresen.foundation.ids import new_id


def cancel_order_by_customer(*, order_id: UUID, now: datetime, actor: Actor) -> None:
    """The customer changed their mind. Raises NoSuchOrder, NotCancellable."""
    take_back_order(order_id=order_id, reason="customer", now=now, actor=actor)


@transaction.atomic
def cancel_order_once(
    *, order_id: UUID, key: str, reason: str, now: datetime, actor: Actor
) -> None:
    """The same with an idempotency key: repeated, it changes nothing. Raises KeyReused too."""
    scope = f"cancel:{order_id}"
    asked = keys.fingerprint_of({"reason": reason})
    if keys.claim(scope=scope, key=key, fingerprint=asked, now=now) is not None:
        return
    take_back_order(order_id=order_id, reason=reason or "customer", now=now, actor=actor)
    keys.settle(scope=scope, key=key, outcome={"order_id": str(order_id)})


@transaction.atomic
def take_back_order(*, order_id: UUID, reason: str, now: datetime, actor: Actor) -> None:
    """Cancel, free the goods, reverse the sale, and ask for each refund; all or nothing.

    The refund itself goes to the provider after this transaction, as a reaction.
    Raises NoSuchOrder, NotCancellable; nothing is changed then.
    """
    order = cancel_order(order_id=order_id, reason=reason, now=now, actor=actor)
    deed = Deed(
        action="order.cancel",
        actor=actor,
        object_kind="order",
        object_id=str(order_id),
        persons=[order.person_id] if order.person_id else [],
        before={"state": OrderState.PLACED},
        after={"state": OrderState.CANCELLED, "reason": reason},
    )
    record(deed, now=now)
    deallocate_stock(order_id=order_id, now=now)
    post_sale_reversal(
        group_id=new_id(),
        order_id=order_id,
        gross=order.gross,
        net=order.net,
        tax=order.tax,
        now=now,
    )
    for payment in list_payments_of(order_id):
        if payment.refundable.minor > 0:
            ask_refund(
                payment_id=payment.id,
                amount=payment.refundable,
                reason=RefundReason.CANCELLATION,
                key=f"cancel:{payment.id}",
                now=now,
                actor=actor,
            )
