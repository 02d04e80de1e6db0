"""Keeping goods for somebody: holds of carts, allocations of orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from tresen.domains.inventory import rules
from tresen.domains.inventory.commands.ledger import tell
from tresen.domains.inventory.commands.shelves import lock_shelves, sweep_shelves
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.types import Allocated, Need, Part, Shelf
from tresen.foundation import sql

SWEEP_MAX = 1_000

_CHANGE = """
WITH gone AS (
  DELETE FROM inventory_hold WHERE cart_id = %s RETURNING level_id, quantity
), part AS MATERIALIZED (
  SELECT * FROM unnest(%s::bigint[], %s::int[]) AS p (level_id, quantity)
), change AS MATERIALIZED (
  SELECT level_id, sum(reserved)::int AS reserved, sum(allocated)::int AS allocated FROM (
    SELECT level_id, {reserved} AS reserved, {allocated} AS allocated FROM part
    UNION ALL SELECT level_id, -quantity, 0 FROM gone
  ) AS both_ways GROUP BY level_id
), put AS (
  UPDATE inventory_level l
  SET reserved = l.reserved + c.reserved, allocated = l.allocated + c.allocated
  FROM change c WHERE l.id = c.level_id AND l.id = ANY(ARRAY(SELECT level_id FROM change))
)
"""
_HOLD = (
    _CHANGE.format(reserved="quantity", allocated="0")
    + """
INSERT INTO inventory_hold (cart_id, level_id, quantity, until)
SELECT %s, level_id, quantity, %s FROM part RETURNING level_id
"""
)
_ALLOCATE = (
    _CHANGE.format(reserved="0", allocated="quantity")
    + """
INSERT INTO inventory_allocation (order_id, level_id, quantity, made_at)
SELECT %s, level_id, quantity, %s FROM part RETURNING level_id
"""
)

_GIVE_BACK = """
WITH due AS MATERIALIZED ({due}), locked AS MATERIALIZED (
  SELECT l.id FROM inventory_level l WHERE l.id = ANY(ARRAY(SELECT level_id FROM due))
  ORDER BY l.spread, l.variant_id, l.location_id, l.shard FOR NO KEY UPDATE
), gone AS (
  DELETE FROM {table} WHERE id = ANY(ARRAY(SELECT id FROM due))
    AND (SELECT count(*) FROM locked) >= 0 RETURNING level_id, quantity
), sums AS MATERIALIZED (
  SELECT level_id, sum(quantity)::int AS quantity, count(*) AS claims FROM gone GROUP BY level_id
), put AS (
  UPDATE inventory_level l SET {column} = l.{column} - s.quantity
  FROM sums s WHERE l.id = s.level_id RETURNING l.variant_id, s.claims
)
SELECT variant_id, sum(claims) FROM put GROUP BY variant_id ORDER BY variant_id
"""
_RELEASE = _GIVE_BACK.format(
    table="inventory_hold",
    column="reserved",
    due="SELECT id, level_id FROM inventory_hold WHERE cart_id = %s",
)
_EXPIRE = _GIVE_BACK.format(
    table="inventory_hold",
    column="reserved",
    due="SELECT id, level_id FROM inventory_hold WHERE until <= %s ORDER BY until LIMIT %s",
)
_DEALLOCATE = _GIVE_BACK.format(
    table="inventory_allocation",
    column="allocated",
    due="SELECT id, level_id FROM inventory_allocation WHERE order_id = %s",
)


def hold_stock(
    *,
    cart_id: UUID,
    needs: Sequence[Need],
    locations: Sequence[str],
    until: datetime,
    now: datetime,
) -> None:
    """Keep the goods for a cart until then, in place of what was held for it before.

    Locks, writes and tells in three statements, whatever the number of lines. Raises OutOfStock;
    the cart keeps its former holds then.
    """
    wanted = rules.merged(needs)
    parts, shelves = _parts(wanted, cart_id=cart_id, locations=locations, now=now)
    with _told_kindly(wanted):
        sql.rows(_HOLD, (cart_id, *_columns(parts), cart_id, until))
    if not rules.is_just_what_was_held(parts, shelves=shelves):
        tell({*wanted, *(shelf.variant_id for shelf in shelves)}, now=now)


def release_hold(*, cart_id: UUID, now: datetime) -> None:
    """Give back what is held for a cart; nothing happens when nothing is."""
    tell([row[0] for row in sql.rows(_RELEASE, (cart_id,))], now=now)


def release_expired(*, now: datetime, limit: int = SWEEP_MAX) -> int:
    """Give back what has expired, at most `limit` holds, the oldest first. Says how many."""
    found = sql.rows(_EXPIRE, (now, min(limit, SWEEP_MAX)))
    tell([row[0] for row in found], now=now)
    return sum(int(str(claims)) for _, claims in found)


def allocate_stock(
    *,
    order_id: UUID,
    cart_id: UUID | None,
    needs: Sequence[Need],
    locations: Sequence[str],
    now: datetime,
) -> list[Allocated]:
    """Keep the goods for an order: the cart's held pieces first, fresh ones where they lack.

    Two statements when everything was held, three else. All holds of the cart end here. Raises
    OutOfStock; nothing is changed then.
    """
    wanted = rules.merged(needs)
    parts, shelves = _parts(wanted, cart_id=cart_id, locations=locations, now=now)
    with _told_kindly(wanted):
        sql.rows(_ALLOCATE, (cart_id, *_columns(parts), order_id, now))
    if not rules.is_just_what_was_held(parts, shelves=shelves):
        tell({*wanted, *(shelf.variant_id for shelf in shelves)}, now=now)
    return rules.allocated_of(parts)


def deallocate_stock(*, order_id: UUID, now: datetime) -> None:
    """The order will not need what is still kept for it; nothing happens when nothing is."""
    tell([row[0] for row in sql.rows(_DEALLOCATE, (order_id,))], now=now)


def _parts(
    wanted: dict[UUID, int], *, cart_id: UUID | None, locations: Sequence[str], now: datetime
) -> tuple[list[Part], list[Shelf]]:
    """Where to take it from; what has expired is swept away only when it stands in the way."""
    shelves = lock_shelves(needs=wanted, cart_id=cart_id, locations=locations, now=now)
    try:
        return rules.plan(wanted, shelves=shelves, locations=locations), shelves
    except OutOfStock:
        shelves = sweep_shelves(shelves, now=now)
        return rules.plan(wanted, shelves=shelves, locations=locations), shelves


@contextmanager
def _told_kindly(wanted: dict[UUID, int]) -> Iterator[None]:
    """The database has the last word: a hold that ended in this very moment is no stock."""
    try:
        yield
    except IntegrityError as error:
        if sql.constraint_of(error) != "inventory_level_never_oversold":
            raise
        raise OutOfStock(variant_id=next(iter(wanted)), available=0) from error


def _columns(parts: Sequence[Part]) -> tuple[list[int], list[int]]:
    return [part.level_id for part in parts], [part.quantity for part in parts]
