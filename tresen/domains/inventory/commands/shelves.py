"""Locking the level rows that a buyer could be served from, always in one order.

Every writer of levels locks them by (spread, variant, location, shard), so that no two can wait
for each other. The rows of a hot article (`spread`) are different: a buyer takes any unlocked
one that has enough (SKIP LOCKED) and queues for all of them only when there is none; it must
hold none of them at that moment, which is why the first statement leaves them alone then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.types import Shelf
from tresen.foundation import sql

_SHELF = """
  l.id, l.variant_id, l.location_id, l.shard, l.on_hand - l.allocated - l.reserved,
  coalesce((SELECT sum(h.quantity) FROM inventory_hold h
            WHERE h.level_id = l.id AND h.cart_id = %s AND h.until > %s), 0)
"""
_IN_ORDER = "ORDER BY l.spread, l.variant_id, l.location_id, l.shard FOR NO KEY UPDATE OF l"


def _statement(text: str) -> str:
    return text.replace("<shelf>", _SHELF).replace("<in order>", _IN_ORDER)


# Arrays behind a SELECT look alike for every call, so that one plan serves all of them.
_LOCK = _statement("""
WITH need AS MATERIALIZED (
  SELECT n.* FROM unnest((SELECT %s::uuid[]), (SELECT %s::int[])) AS n (variant_id, quantity)
), place AS MATERIALIZED (
  SELECT unnest((SELECT %s::text[])) AS code
), own AS MATERIALIZED (
  SELECT h.level_id, l.variant_id, l.location_id, l.spread,
    CASE WHEN h.until > %s THEN h.quantity ELSE 0 END AS quantity
  FROM inventory_hold h JOIN inventory_level l ON l.id = h.level_id WHERE h.cart_id = %s
), short AS MATERIALIZED (
  SELECT n.variant_id, n.quantity FROM need n
  WHERE n.quantity > coalesce((SELECT sum(o.quantity) FROM own o
    WHERE o.variant_id = n.variant_id AND o.location_id = ANY(ARRAY(SELECT code FROM place))), 0)
), around AS MATERIALIZED (
  SELECT l.id, l.variant_id, l.spread, l.on_hand - l.allocated - l.reserved
    + CASE WHEN l.reserved = 0 THEN 0 ELSE coalesce((SELECT sum(h.quantity)
      FROM inventory_hold h WHERE h.level_id = l.id AND (h.until <= %s OR h.cart_id = %s)), 0)
    END AS within_reach
  FROM inventory_level l
  WHERE l.variant_id = ANY(ARRAY(SELECT variant_id FROM short))
    AND l.location_id = ANY(ARRAY(SELECT code FROM place))
), lacking AS MATERIALIZED (
  SELECT s.variant_id, coalesce(sum(a.within_reach), 0) AS within_reach
  FROM short s LEFT JOIN around a ON a.variant_id = s.variant_id
  GROUP BY s.variant_id, s.quantity HAVING coalesce(sum(a.within_reach), 0) < s.quantity
), wanted AS MATERIALIZED (
  SELECT id FROM around WHERE NOT spread
  UNION ALL
  SELECT level_id FROM own
  WHERE NOT spread OR NOT EXISTS (SELECT FROM around a WHERE a.spread)
), locked AS MATERIALIZED (
  SELECT <shelf> AS held FROM inventory_level l
  WHERE NOT EXISTS (SELECT FROM lacking) AND l.id = ANY(ARRAY(SELECT id FROM wanted)) <in order>
)
SELECT * FROM locked
UNION ALL
SELECT NULL, variant_id, 'hot', 0, 0, 0 FROM around WHERE spread GROUP BY variant_id
UNION ALL
SELECT NULL, variant_id, 'lacking', 0, within_reach, 0 FROM lacking
""")

_PICK = _statement("""
SELECT <shelf> FROM inventory_level l
WHERE l.variant_id = %s AND l.spread AND l.on_hand - l.allocated - l.reserved >= %s
  AND l.location_id = (
    SELECT f.location_id FROM inventory_level f
    WHERE f.variant_id = %s AND f.spread AND f.location_id = ANY(%s::text[])
      AND f.on_hand - f.allocated - f.reserved >= %s
    ORDER BY array_position(%s::text[], f.location_id::text) LIMIT 1)
  AND NOT EXISTS (
    SELECT FROM inventory_hold h JOIN inventory_level o ON o.id = h.level_id
    WHERE h.cart_id = %s AND o.spread)
ORDER BY random() LIMIT 1 FOR NO KEY UPDATE OF l SKIP LOCKED
""")

_QUEUE = _statement("""
SELECT <shelf> FROM inventory_level l
WHERE l.spread AND ((l.variant_id = ANY(%s::uuid[]) AND l.location_id = ANY(%s::text[]))
  OR l.id = ANY(ARRAY(SELECT h.level_id FROM inventory_hold h WHERE h.cart_id = %s)))
<in order>
""")

_SWEEP = """
WITH gone AS (
  DELETE FROM inventory_hold WHERE level_id = ANY(%s::bigint[]) AND until <= %s
  RETURNING level_id, quantity
), sums AS MATERIALIZED (
  SELECT level_id, sum(quantity)::int AS quantity FROM gone GROUP BY level_id
)
UPDATE inventory_level l SET reserved = l.reserved - s.quantity FROM sums s
WHERE l.id = s.level_id RETURNING l.id, l.on_hand - l.allocated - l.reserved
"""


def lock_shelves(
    *, needs: Mapping[UUID, int], cart_id: UUID | None, locations: Sequence[str], now: datetime
) -> list[Shelf]:
    """The rows that may serve the needs, locked until the transaction ends.

    One statement where the goods are held or ordinary; one more for a hot article, a third
    when all of its rows are busy or too small. What is plainly sold out is refused by the first
    one, which then waits for nobody and locks nothing. Raises OutOfStock.
    """
    places = list(locations)
    lines = (list(needs), list(needs.values()))
    found = sql.rows(_LOCK, (*lines, places, now, cart_id, now, cart_id, cart_id, now))
    shelves = [_shelf(row) for row in found if row[0] is not None]
    _refuse_what_is_sold_out(row for row in found if row[0] is None and row[2] == "lacking")
    hot = sorted(cast("UUID", row[1]) for row in found if row[2] == "hot" and row[0] is None)
    if len(hot) == 1:
        picked = _pick(hot[0], quantity=needs[hot[0]], cart_id=cart_id, locations=places, now=now)
        if picked:
            return shelves + picked
    if hot:
        queued = sql.rows(_QUEUE, (cart_id, now, hot, places, cart_id))
        shelves += [_shelf(row) for row in queued]
    return shelves


def sweep_shelves(shelves: Sequence[Shelf], *, now: datetime) -> list[Shelf]:
    """Release what has expired on these locked rows; their numbers afterwards."""
    swept = sweep_levels([shelf.level_id for shelf in shelves], now=now)
    return [replace(shelf, free=swept.get(shelf.level_id, shelf.free)) for shelf in shelves]


def sweep_levels(level_ids: Sequence[int], *, now: datetime) -> dict[int, int]:
    """Release what has expired on these locked rows; how much is free where that was so."""
    found = sql.rows(_SWEEP, (list(level_ids), now))
    return dict(cast("list[tuple[int, int]]", found))


def _refuse_what_is_sold_out(lacking: Iterable[sql.Row]) -> None:
    for row in sorted(lacking, key=lambda row: str(row[1])):
        raise OutOfStock(variant_id=cast("UUID", row[1]), available=int(str(row[4])))


def _pick(
    variant_id: UUID,
    *,
    quantity: int,
    cart_id: UUID | None,
    locations: list[str],
    now: datetime,
) -> list[Shelf]:
    """One unlocked row of a hot article that has enough, if there is one.

    A row that turned out too small when it was locked stays locked, although it is left out; so
    when none is found, all locks taken here are given up again before anybody queues.
    """
    with sql.pipelined():
        sql.run("SAVEPOINT hot_article")
        found = sql.rows(
            _PICK,
            (
                cart_id, now, variant_id, quantity,
                variant_id, locations, quantity, locations, cart_id,
            ),
        )  # fmt: skip
    if not found:
        sql.run("ROLLBACK TO SAVEPOINT hot_article")
    return [_shelf(row) for row in found]


def _shelf(row: sql.Row) -> Shelf:
    level_id, variant_id, location_code, shard, free, held = row
    return Shelf(
        level_id=int(str(level_id)),
        variant_id=cast("UUID", variant_id),
        location_code=str(location_code),
        shard=int(str(shard)),
        free=int(str(free)),
        held=int(str(held)),
    )
