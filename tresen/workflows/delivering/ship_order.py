"""Goods leave the house: packed into a parcel, or handed over at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.fulfilment.commands import pack_parcel
from tresen.domains.fulfilment.types import DeliveryKind, ParcelLine
from tresen.domains.inventory.commands import ship_stock
from tresen.domains.inventory.queries import list_allocations
from tresen.domains.inventory.types import Need
from tresen.domains.orders.commands import lock_order, note_shipment
from tresen.domains.orders.types import SETTLED, LineRow, OrderRow, OrderState
from tresen.domains.risk.queries import is_held
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.refusals import Refusal
from tresen.workflows.weighing.weigh_orders import weigh_orders

_PAID_FIRST = frozenset({"bank_transfer", "demo_card", "stripe"})


class NothingToShip(Refusal):
    """No pieces were named, or more than are still to be sent."""

    code = "nothing_to_ship"
    message = "Please name at least one piece, and at most those that are still to be sent."


class NotYetPaid(Refusal):
    """The order is to be paid first."""

    code = "not_yet_paid"
    status = 409
    message = "This order is not paid yet. Mark the payment first, then ship it."


class OrderIsHeld(Refusal):
    """A person is to look at the order first."""

    code = "order_is_held"
    status = 409
    message = "This order is being checked. Decide the check first, then ship it."


class OrderIsCancelled(Refusal):
    """The promise was taken back."""

    code = "order_is_cancelled"
    status = 409
    message = "This order was cancelled."


def ship_order(
    *,
    order_id: UUID,
    pieces: Mapping[UUID, int] | None,
    carrier: str,
    tracking: str,
    now: datetime,
    actor: Actor,
) -> list[UUID]:
    """Send the named pieces of order lines (all that are open when None); the parcels' ids.

    Pieces leave from where they are kept for the order: one parcel per place.
    Nothing leaves unlooked at: an order that its reaction has not reached yet is weighed now.
    Raises NoSuchOrder, OrderIsCancelled, OrderIsHeld, NotYetPaid, NothingToShip; nothing is
    changed then, but what the look said is kept.
    """
    weigh_orders([order_id], now=now)
    return _ship(order_id, pieces, (carrier, tracking), now=now, actor=actor)


@transaction.atomic
def _ship(
    order_id: UUID,
    pieces: Mapping[UUID, int] | None,
    sent_with: tuple[str, str],
    *,
    now: datetime,
    actor: Actor,
) -> list[UUID]:
    order = lock_order(order_id=order_id)
    _check(order)
    by_place = _by_place(order, _pieces(order, pieces))
    deed = Deed(
        action="order.ship",
        actor=actor,
        object_kind="order",
        object_id=str(order_id),
        persons=[order.person_id] if order.person_id else [],
        after={"pieces": {place: sum(lines.values()) for place, lines in by_place.items()}},
    )
    record(deed, now=now)
    return [
        _ship_from(order, location, shipped, sent_with, now=now, actor=actor)
        for location, shipped in by_place.items()
    ]


def _ship_from(
    order: OrderRow,
    location: str,
    shipped: Mapping[UUID, int],
    sent_with: tuple[str, str],
    *,
    now: datetime,
    actor: Actor,
) -> UUID:
    kind = DeliveryKind(order.delivery.kind)
    parcel_id = pack_parcel(
        order_id=order.id,
        person_id=order.person_id,
        kind=kind,
        carrier=sent_with[0] or order.delivery.carrier,
        tracking=sent_with[1],
        location=location,
        lines=[
            ParcelLine(order_line_id=line_id, quantity=count) for line_id, count in shipped.items()
        ],
        now=now,
        actor=actor,
    )
    ship_stock(
        order_id=order.id,
        needs=_needs(order.lines, shipped),
        location_code=location,
        now=now,
        actor=actor,
    )
    note_shipment(
        order_id=order.id,
        parcel_id=parcel_id,
        shipped=shipped,
        collected=kind is DeliveryKind.PICKUP,
        now=now,
        actor=actor,
    )
    return parcel_id


def _by_place(order: OrderRow, shipped: Mapping[UUID, int]) -> dict[str, dict[UUID, int]]:
    """Where the pieces of each line are kept for this order."""
    kept = {
        (found.location_code, found.variant_id): found.quantity
        for found in list_allocations(order.id)
    }
    places: dict[str, dict[UUID, int]] = {}
    for line in order.lines:
        left = shipped.get(line.id, 0)
        for (location, variant_id), quantity in kept.items():
            taken = min(left, quantity) if variant_id == line.variant_id else 0
            if taken:
                places.setdefault(location, {})[line.id] = taken
                kept[location, variant_id] = quantity - taken
                left -= taken
        assert left == 0, "what was ordered is kept for the order"
    return places


def _check(order: OrderRow) -> None:
    if order.state is OrderState.CANCELLED:
        raise OrderIsCancelled(field="order")
    if is_held(order.id):
        raise OrderIsHeld(field="order")
    if order.payment_method in _PAID_FIRST and order.payment_state not in SETTLED:
        raise NotYetPaid(field="order")


def _pieces(order: OrderRow, pieces: Mapping[UUID, int] | None) -> dict[UUID, int]:
    still_open = {line.id: line.open_quantity for line in order.lines}
    wanted = still_open if pieces is None else dict(pieces)
    shipped = {line_id: count for line_id, count in wanted.items() if count}
    fits = all(0 < count <= still_open.get(line_id, 0) for line_id, count in shipped.items())
    if not shipped or not fits:
        raise NothingToShip(field="pieces")
    return shipped


def _needs(lines: tuple[LineRow, ...], shipped: Mapping[UUID, int]) -> list[Need]:
    return [Need(line.variant_id, shipped[line.id]) for line in lines if line.id in shipped]
