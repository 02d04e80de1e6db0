"""Goods leave for a customer and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.inventory import rules
from tresen.domains.inventory.commands.ledger import (
    Line,
    Take,
    lock_rows,
    puts_for,
    write,
)
from tresen.domains.inventory.queries import check_keeps_goods
from tresen.domains.inventory.types import CUSTOMER, Cause, Need, Reason
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal

_ALLOCATED = """
SELECT a.id, a.level_id, l.variant_id, a.quantity
FROM inventory_allocation a JOIN inventory_level l ON l.id = a.level_id
WHERE a.order_id = %s AND l.location_id = %s AND l.variant_id = ANY(%s::uuid[])
ORDER BY l.spread, l.variant_id, l.location_id, l.shard, a.id FOR NO KEY UPDATE
"""
_USE = """
WITH part AS MATERIALIZED (
  SELECT * FROM unnest(%s::bigint[], %s::int[]) AS p (id, quantity)
), used AS (
  UPDATE inventory_allocation a SET quantity = a.quantity - p.quantity
  FROM part p WHERE a.id = p.id AND a.quantity > p.quantity
)
DELETE FROM inventory_allocation a USING part p WHERE a.id = p.id AND a.quantity = p.quantity
"""
_AT_CUSTOMER = """
SELECT variant_id, sum(CASE WHEN to_location_id = %s THEN quantity ELSE -quantity END)
FROM inventory_movement
WHERE cause_id = %s AND cause_kind = 'order' AND %s IN (to_location_id, from_location_id)
GROUP BY variant_id
"""


class NotAllocated(Refusal):
    """More is to be shipped than is kept for the order at that location."""

    code = "not_allocated"
    status = 409
    message = "Only %(available)s pieces are kept for this order here."

    def __init__(self, *, variant_id: UUID, available: int) -> None:
        super().__init__(field="lines", params={"available": available})
        self.variant_id = variant_id
        self.available = available


class NotShipped(Refusal):
    """More is to come back than was sent for the order."""

    code = "not_shipped"
    status = 409
    message = "Only %(shipped)s pieces of this order are with the customer."

    def __init__(self, *, variant_id: UUID, shipped: int) -> None:
        super().__init__(field="lines", params={"shipped": shipped})
        self.variant_id = variant_id
        self.shipped = shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    allocation_id: int
    level_id: int
    variant_id: UUID
    quantity: int


def ship_stock(
    *, order_id: UUID, needs: Sequence[Need], location_code: str, now: datetime, actor: Actor
) -> None:
    """What was kept for the order at a location goes to the customer. Raises NotAllocated."""
    wanted = rules.merged(needs)
    kept = [_kept(row) for row in sql.rows(_ALLOCATED, (order_id, location_code, list(wanted)))]
    used = _used(wanted, kept)
    sql.run(_USE, ([each.allocation_id for each in used], [each.quantity for each in used]))
    on_level: dict[int, int] = {}
    for each in used:
        on_level[each.level_id] = on_level.get(each.level_id, 0) + each.quantity
    write(
        takes=[Take(level_id=i, quantity=q, allocated=q) for i, q in sorted(on_level.items())],
        puts=[],
        lines=[
            Line(variant_id=v, from_code=location_code, to_code=CUSTOMER, quantity=q)
            for v, q in wanted.items()
        ],
        reason=Reason.SALE,
        cause=Cause(kind="order", id=order_id),
        actor=actor,
        now=now,
    )


def return_stock(
    *, order_id: UUID, needs: Sequence[Need], location_code: str, now: datetime, actor: Actor
) -> None:
    """Goods of an order came back and may be sold again. Raises NotShipped, NoSuchLocation.

    The caller keeps two returns of one order apart by holding the order's row.
    """
    wanted = rules.merged(needs)
    check_keeps_goods(location_code)
    rows = lock_rows(variant_ids=wanted, locations=[location_code])
    found = sql.rows(_AT_CUSTOMER, (CUSTOMER, order_id, CUSTOMER))
    shipped = {variant_id: int(str(pieces)) for variant_id, pieces in found}
    for variant_id, quantity in wanted.items():
        if quantity > shipped.get(variant_id, 0):
            raise NotShipped(variant_id=variant_id, shipped=shipped.get(variant_id, 0))
    write(
        takes=[],
        puts=puts_for(wanted.items(), location_code=location_code, rows=rows),
        lines=[
            Line(variant_id=v, from_code=CUSTOMER, to_code=location_code, quantity=q)
            for v, q in wanted.items()
        ],
        reason=Reason.RETURN,
        cause=Cause(kind="order", id=order_id),
        actor=actor,
        now=now,
    )


def _used(wanted: Mapping[UUID, int], kept: Sequence[_Kept]) -> list[_Kept]:
    """Which allocations are used, and how much of each."""
    used: list[_Kept] = []
    for variant_id, quantity in wanted.items():
        missing = quantity
        mine = [each for each in kept if each.variant_id == variant_id]
        for each in mine:
            taken = min(missing, each.quantity)
            missing -= taken
            if taken:
                used.append(
                    _Kept(
                        allocation_id=each.allocation_id,
                        level_id=each.level_id,
                        variant_id=variant_id,
                        quantity=taken,
                    )
                )
        if missing:
            raise NotAllocated(variant_id=variant_id, available=sum(each.quantity for each in mine))
    return used


def _kept(row: sql.Row) -> _Kept:
    allocation_id, level_id, variant_id, quantity = row
    return _Kept(
        allocation_id=int(str(allocation_id)),
        level_id=int(str(level_id)),
        variant_id=cast("UUID", variant_id),
        quantity=int(str(quantity)),
    )
