"""Goods arrive, move from here to there, and are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.inventory import rules
from tresen.domains.inventory.commands.ledger import (
    NO_CAUSE,
    Line,
    Place,
    Row,
    Take,
    lock_rows,
    puts_for,
    takes_for,
    write,
)
from tresen.domains.inventory.commands.shelves import sweep_levels
from tresen.domains.inventory.queries import check_keeps_goods
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.types import LOSS, SUPPLIER, Cause, Count, Need, Reason
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal


class StockPromised(Refusal):
    """Fewer pieces were counted than are already promised to somebody."""

    code = "stock_promised"
    status = 409
    message = "%(promised)s pieces are promised to orders and carts. Cancel orders first."

    def __init__(self, *, variant_id: UUID, promised: int) -> None:
        super().__init__(field="on_hand", params={"promised": promised})
        self.variant_id = variant_id
        self.promised = promised


def receive_stock(
    *,
    needs: Sequence[Need],
    location_code: str,
    now: datetime,
    actor: Actor,
    cause: Cause = NO_CAUSE,
) -> None:
    """Goods came from a supplier. Raises NoSuchLocation, BadStockQuantity."""
    wanted = rules.merged(needs)
    check_keeps_goods(location_code)
    rows = lock_rows(variant_ids=wanted, locations=[location_code])
    write(
        takes=[],
        puts=puts_for(wanted.items(), location_code=location_code, rows=rows),
        lines=[
            Line(variant_id=v, from_code=SUPPLIER, to_code=location_code, quantity=q)
            for v, q in wanted.items()
        ],
        reason=Reason.RECEIPT,
        cause=cause,
        actor=actor,
        now=now,
    )


def move_stock(
    *,
    needs: Sequence[Need],
    from_code: str,
    to_code: str,
    now: datetime,
    actor: Actor,
    cause: Cause = NO_CAUSE,
) -> None:
    """Free goods go from one location to another. Raises OutOfStock, NoSuchLocation."""
    wanted = rules.merged(needs)
    check_keeps_goods(from_code, to_code)
    rows = lock_rows(variant_ids=wanted, locations=[from_code, to_code])
    takes: list[Take] = []
    for variant_id, quantity in wanted.items():
        sources = rows.get((variant_id, from_code), [])
        free = sum(row.free for row in sources)
        if free < quantity:
            raise OutOfStock(variant_id=variant_id, available=free)
        takes += takes_for(quantity, rows=sources)
    write(
        takes=takes,
        puts=puts_for(wanted.items(), location_code=to_code, rows=rows),
        lines=[
            Line(variant_id=v, from_code=from_code, to_code=to_code, quantity=q)
            for v, q in wanted.items()
        ],
        reason=Reason.TRANSFER,
        cause=cause,
        actor=actor,
        now=now,
    )


def correct_stock(
    *,
    counts: Sequence[Count],
    location_code: str,
    now: datetime,
    actor: Actor,
    reason: Reason = Reason.COUNT,
    cause: Cause = NO_CAUSE,
) -> None:
    """What was counted is what lies there; the difference goes to or comes from loss.

    Raises StockPromised (after expired holds were swept), NoSuchLocation, BadStockQuantity.
    """
    counted = {count.variant_id: count.on_hand for count in counts}
    if any(not 0 <= on_hand <= rules.QUANTITY_MAX for on_hand in counted.values()):
        raise rules.BadStockQuantity(field="on_hand")
    check_keeps_goods(location_code)
    rows = _lock_counted(counted, location_code=location_code, now=now)
    more: dict[UUID, int] = {}
    takes: list[Take] = []
    lines: list[Line] = []
    for variant_id, on_hand in sorted(counted.items()):
        here = rows.get((variant_id, location_code), [])
        change = on_hand - sum(row.on_hand for row in here)
        if change > 0:
            more[variant_id] = change
        elif change < 0:
            takes += takes_for(-change, rows=here)
        lines += _difference(variant_id, change, location_code)
    if lines:
        write(
            takes=takes,
            puts=puts_for(more.items(), location_code=location_code, rows=rows),
            lines=lines,
            reason=reason,
            cause=cause,
            actor=actor,
            now=now,
        )


def _difference(variant_id: UUID, change: int, location_code: str) -> list[Line]:
    if change == 0:
        return []
    from_code, to_code = (LOSS, location_code) if change > 0 else (location_code, LOSS)
    return [Line(variant_id=variant_id, from_code=from_code, to_code=to_code, quantity=abs(change))]


def _lock_counted(
    counted: Mapping[UUID, int], *, location_code: str, now: datetime
) -> dict[Place, list[Row]]:
    """The rows that were counted; holds that have expired are swept when they stand in the way."""
    rows = lock_rows(variant_ids=counted, locations=[location_code])
    if _promised_too_much(counted, rows) is not None:
        sweep_levels([row.level_id for here in rows.values() for row in here], now=now)
        rows = lock_rows(variant_ids=counted, locations=[location_code])
    refusal = _promised_too_much(counted, rows)
    if refusal is not None:
        raise refusal
    return rows


def _promised_too_much(
    counted: Mapping[UUID, int], rows: Mapping[Place, Sequence[Row]]
) -> StockPromised | None:
    for (variant_id, _), here in sorted(rows.items()):
        promised = sum(row.allocated + row.reserved for row in here)
        if counted[variant_id] < promised:
            return StockPromised(variant_id=variant_id, promised=promised)
    return None
