"""Writes. Keywords only, inside the caller's transaction, and each announces what it did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.orders import rules
from tresen.domains.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderShipped
from tresen.domains.orders.models import History, Line, Order
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import (
    FulfilmentState,
    NewOrder,
    OrderRow,
    OrderState,
    PaymentState,
    PostalAddress,
)
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import DataKey, keys_for
from tresen.foundation.vault.sealing import seal_json

_OPEN = """
INSERT INTO orders_order (id, number, cart_id, channel_code, store_code, locale, state,
  payment_state, fulfilment_state, person_id, person, contact, address, billing, tax_country,
  delivery, delivery_kind, payment_method, currency, pieces, goods_minor, delivery_minor, net_minor,
  tax_minor, gross_minor, taxes, texts, placed_at)
VALUES (%s, %s, %s, %s, %s, %s, 'placed', 'open', 'open', %s, %s, %s, %s, %s, %s, %s::jsonb,
  %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s)
"""
_LINES = """
INSERT INTO orders_line (id, order_id, position, variant_id, sku, gtin, title, options, slug,
  picture_url, quantity, shipped, unit_minor, gross_minor, tax_category, treatment, rate_bp,
  weight_g, origin_country, tariff_code)
SELECT l.id, %s, l.position, l.variant_id, l.sku, l.gtin, l.title, l.options, l.slug,
  l.picture_url, l.quantity, 0, l.unit_minor, l.gross_minor, l.tax_category, l.treatment,
  l.rate_bp, l.weight_g, l.origin_country, l.tariff_code
FROM jsonb_to_recordset(%s::jsonb) AS l(id uuid, position int, variant_id uuid, sku text,
  gtin text, title text, options text, slug text, picture_url text, quantity int,
  unit_minor bigint, gross_minor bigint, tax_category text, treatment text, rate_bp int,
  weight_g int, origin_country text, tariff_code text)
"""
_TELL = """
INSERT INTO orders_history (order_id, kind, happened_at, actor, body)
VALUES (%s, %s, %s, %s, %s::jsonb)
"""


def ask_number() -> sql.Asked[str]:
    """The next order number. Unique, not gapless: an order is no invoice."""
    return sql.ask(
        "SELECT nextval('orders_number')",
        shape=lambda found: rules.number_of(int(str(found[0][0]))),
    )


def order_key_classes(now: datetime) -> tuple[str, ...]:
    """The classes of keys that an order is sealed with."""
    return KeyClass.PROFILE.value, KeyClass.TAX_RECORD.of(now)


def open_order(
    *,
    order: NewOrder,
    number: str,
    now: datetime,
    actor: Actor,
    keys: Mapping[str, DataKey] | None = None,
) -> None:
    """Write the promise down. Prices are given, not looked up: an order is a snapshot.

    `keys` are those of `order_key_classes`, where the caller asked for them before.
    """
    rules.check_sums(order)
    keys = keys or keys_for(order.person_id, *order_key_classes(now))
    sql.run(_OPEN, _order_params(order, number, now, keys))
    sql.run(_LINES, (order.id, _lines_json(order)))
    tell(order_id=order.id, kind="placed", now=now, actor=actor)
    announce(
        OrderPlaced(
            happened_at=now,
            order_id=str(order.id),
            channel_code=order.channel_code,
            payment_method=order.payment_method,
            gross_minor=order.gross.minor,
            currency=order.gross.currency,
        )
    )


def tell(
    *,
    order_id: UUID,
    kind: str,
    now: datetime,
    actor: Actor,
    body: Mapping[str, str | int] | None = None,
) -> None:
    """One more line in the order's story."""
    sql.run(_TELL, (order_id, kind, now, str(actor), json.dumps(dict(body or {}))))


def lock_order(*, order_id: UUID) -> OrderRow:
    """The order, held for the caller's transaction. Raises NoSuchOrder."""
    Order.objects.select_for_update().filter(id=order_id).first()
    return get_order(order_id)


@transaction.atomic
def cancel_order(*, order_id: UUID, reason: str, now: datetime, actor: Actor) -> OrderRow:
    """Take the promise back before anything left. Raises NoSuchOrder, NotCancellable."""
    order = lock_order(order_id=order_id)
    if not rules.may_cancel(order):
        raise rules.NotCancellable(field="order")
    Order.objects.filter(id=order_id).update(
        state=OrderState.CANCELLED, fulfilment_state=FulfilmentState.CANCELLED
    )
    tell(order_id=order_id, kind="cancelled", now=now, actor=actor, body={"reason": reason})
    was_paid = order.payment_state in {PaymentState.PAID, PaymentState.AUTHORIZED}
    announce(OrderCancelled(happened_at=now, order_id=str(order_id), was_paid=was_paid))
    return order


@transaction.atomic
def note_payment(
    *,
    order_id: UUID,
    state: PaymentState,
    now: datetime,
    actor: Actor,
    body: Mapping[str, str | int] | None = None,
) -> None:
    """Keep the roll-up of the payments; telling the same state twice changes nothing."""
    moved = (
        Order.objects.filter(id=order_id).exclude(payment_state=state).update(payment_state=state)
    )
    if not moved:
        return
    tell(order_id=order_id, kind=f"payment_{state.value}", now=now, actor=actor, body=body)
    if state is PaymentState.PAID:
        announce(OrderPaid(happened_at=now, order_id=str(order_id)))


@transaction.atomic
def note_shipment(
    *,
    order_id: UUID,
    parcel_id: UUID,
    shipped: Mapping[UUID, int],
    collected: bool,
    now: datetime,
    actor: Actor,
) -> FulfilmentState:
    """Count the pieces of each line that left; the database refuses more than were promised."""
    lock_order(order_id=order_id)
    for line in Line.objects.filter(order_id=order_id, id__in=list(shipped)):
        line.shipped += shipped[line.id]
        line.save(update_fields=["shipped"])
    state = rules.fulfilment_of(get_order(order_id).lines, collected=collected)
    Order.objects.filter(id=order_id).update(fulfilment_state=state)
    History.objects.create(
        order_id=order_id,
        kind="collected" if collected else "shipped",
        happened_at=now,
        actor=str(actor),
        body={"pieces": sum(shipped.values()), "parcel": str(parcel_id)},
    )
    announce(
        OrderShipped(
            happened_at=now, order_id=str(order_id), parcel_id=str(parcel_id), collected=collected
        )
    )
    return state


def _order_params(
    order: NewOrder, number: str, now: datetime, keys: Mapping[str, DataKey]
) -> tuple[object, ...]:
    kept, profile = keys[KeyClass.TAX_RECORD.of(now)], keys[KeyClass.PROFILE]
    contact = {"email": order.person.email, "phone": order.person.phone}
    delivery = asdict(order.delivery) | {
        "earliest": order.delivery.earliest.isoformat(),
        "latest": order.delivery.latest.isoformat(),
    }
    taxes = [
        {
            "category": share.category,
            "treatment": share.treatment,
            "rate_bp": share.rate_bp,
            "net": share.net.minor,
            "tax": share.tax.minor,
            "gross": share.gross.minor,
        }
        for share in order.taxes
    ]
    return (
        order.id,
        number,
        order.cart_id,
        order.channel_code,
        order.store_code,
        order.locale,
        order.person_id,
        _sealed({"name": order.person.name}, kept, order, column="person"),
        _sealed(contact, profile, order, column="contact"),
        _sealed(order.address, kept, order, column="address"),
        _sealed(order.billing, kept, order, column="billing"),
        order.tax_country,
        json.dumps(delivery),
        order.delivery.kind,
        order.payment_method,
        order.gross.currency,
        sum(line.quantity for line in order.lines),
        order.goods.minor,
        order.delivery_price.minor,
        order.net.minor,
        order.tax.minor,
        order.gross.minor,
        json.dumps(taxes),
        json.dumps(order.texts),
        now,
    )


def _lines_json(order: NewOrder) -> str:
    return json.dumps(
        [
            {
                "id": str(new_id()),
                "position": position,
                "variant_id": str(line.variant_id),
                "sku": line.sku,
                "gtin": line.gtin,
                "title": line.title,
                "options": line.options,
                "slug": line.slug,
                "picture_url": line.picture_url,
                "quantity": line.quantity,
                "unit_minor": line.unit.minor,
                "gross_minor": line.gross.minor,
                "tax_category": line.tax_category,
                "treatment": line.treatment,
                "rate_bp": line.rate_bp,
                "weight_g": line.weight_g,
                "origin_country": line.origin_country,
                "tariff_code": line.tariff_code,
            }
            for position, line in enumerate(order.lines, start=1)
        ]
    )


def _sealed(
    value: Mapping[str, str] | PostalAddress | None, key: DataKey, order: NewOrder, *, column: str
) -> bytes | None:
    if value is None:
        return None
    plain = asdict(value) if isinstance(value, PostalAddress) else value
    return seal_json(plain, key=key, place=f"orders_order.{column}", row=order.id)
