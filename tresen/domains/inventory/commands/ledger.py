"""The one place that changes what lies somewhere: levels and ledger in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.inventory import rules
from tresen.domains.inventory.events import StockChanged
from tresen.domains.inventory.types import Cause, Reason
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.journal.events import announce

NO_CAUSE = Cause(kind="")
Place = tuple[UUID, str]
"""A variant at a location."""

_LOCK = """
SELECT l.id, l.variant_id, l.location_id, l.shard, l.spread, l.on_hand, l.allocated, l.reserved
FROM inventory_level l
WHERE l.variant_id = ANY(%s::uuid[]) AND l.location_id = ANY(%s::text[])
ORDER BY l.spread, l.variant_id, l.location_id, l.shard FOR NO KEY UPDATE
"""
_MOVE = """
WITH take AS (
  UPDATE inventory_level l
  SET on_hand = l.on_hand - t.quantity, allocated = l.allocated - t.allocated
  FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS t (level_id, quantity, allocated)
  WHERE l.id = t.level_id
), put AS (
  INSERT INTO inventory_level
    (variant_id, location_id, shard, spread, on_hand, allocated, reserved)
  SELECT p.variant_id, p.location_id, p.shard, p.spread, p.quantity, 0, 0
  FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::bool[], %s::int[])
    AS p (variant_id, location_id, shard, spread, quantity)
  ORDER BY p.spread, p.variant_id, p.location_id, p.shard
  ON CONFLICT (variant_id, location_id, shard)
  DO UPDATE SET on_hand = inventory_level.on_hand + EXCLUDED.on_hand
)
INSERT INTO inventory_movement (variant_id, from_location_id, to_location_id, quantity, reason,
  cause_kind, cause_id, actor, moved_at)
SELECT m.variant_id, m.from_code, m.to_code, m.quantity, %s, %s, %s, %s, %s
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[])
  AS m (variant_id, from_code, to_code, quantity)
RETURNING id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A locked level row."""

    level_id: int
    variant_id: UUID
    location_code: str
    shard: int
    spread: bool
    on_hand: int
    allocated: int
    reserved: int

    @property
    def free(self) -> int:
        return self.on_hand - self.allocated - self.reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """So many pieces leave a level row, `allocated` of them were kept for an order."""

    level_id: int
    quantity: int
    allocated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """So many pieces come to a level row, which is made when it is not there."""

    variant_id: UUID
    location_code: str
    shard: int
    spread: bool
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the ledger will say."""

    variant_id: UUID
    from_code: str
    to_code: str
    quantity: int


def lock_rows(*, variant_ids: Iterable[UUID], locations: Sequence[str]) -> dict[Place, list[Row]]:
    """All level rows of these variants at these locations, locked until the transaction ends.

    They come by variant and location; a place without any row is not there.
    """
    rows: dict[Place, list[Row]] = {}
    for found in sql.rows(_LOCK, (list(variant_ids), list(locations))):
        row = _row(found)
        rows.setdefault((row.variant_id, row.location_code), []).append(row)
    return rows


def puts_for(
    quantities: Iterable[tuple[UUID, int]],
    *,
    location_code: str,
    rows: Mapping[Place, Sequence[Row]],
) -> list[Put]:
    """Where arriving pieces go: to the one row of each article, or evenly over its shards."""
    puts: list[Put] = []
    for variant_id, quantity in quantities:
        there = rows.get((variant_id, location_code), ())
        shards = [row.shard for row in there if row.spread and row.shard > 0]
        shares = rules.spread_evenly(quantity, over=max(len(shards), 1))
        puts += [
            Put(
                variant_id=variant_id,
                location_code=location_code,
                shard=shard,
                spread=bool(shards),
                quantity=share,
            )
            for shard, share in zip(shards or [0], shares, strict=True)
            if share
        ]
    return puts


def takes_for(quantity: int, *, rows: Sequence[Row]) -> list[Take]:
    """Free pieces from these rows, the fullest first. There must be enough."""
    takes, missing = list[Take](), quantity
    for row in sorted(rows, key=lambda row: (-row.free, row.shard)):
        taken = min(missing, row.free)
        if taken > 0:
            takes.append(Take(level_id=row.level_id, quantity=taken))
            missing -= taken
    assert missing == 0, "more was to be taken than is free"
    return takes


def write(
    *,
    takes: Sequence[Take],
    puts: Sequence[Put],
    lines: Sequence[Line],
    reason: Reason,
    cause: Cause,
    actor: Actor,
    now: datetime,
) -> None:
    """Levels and ledger change together, and it is told once."""
    assert transaction.get_connection().in_atomic_block, "stock changes inside a transaction"
    sql.rows(
        _MOVE,
        (
            [take.level_id for take in takes],
            [take.quantity for take in takes],
            [take.allocated for take in takes],
            [put.variant_id for put in puts],
            [put.location_code for put in puts],
            [put.shard for put in puts],
            [put.spread for put in puts],
            [put.quantity for put in puts],
            reason.value,
            cause.kind,
            cause.id,
            str(actor),
            now,
            [line.variant_id for line in lines],
            [line.from_code for line in lines],
            [line.to_code for line in lines],
            [line.quantity for line in lines],
        ),
    )
    tell((line.variant_id for line in lines), now=now)


def tell(variant_ids: Iterable[object], *, now: datetime) -> None:
    """Announce the change once, if anything changed."""
    assert transaction.get_connection().in_atomic_block, "stock changes inside a transaction"
    told = sorted({str(variant_id) for variant_id in variant_ids})
    if told:
        announce(StockChanged(happened_at=now, variant_ids=told))


def _row(found: sql.Row) -> Row:
    level_id, variant_id, location_code, shard, spread, on_hand, allocated, reserved = found
    return Row(
        level_id=int(str(level_id)),
        variant_id=cast("UUID", variant_id),
        location_code=str(location_code),
        shard=int(str(shard)),
        spread=bool(spread),
        on_hand=int(str(on_hand)),
        allocated=int(str(allocated)),
        reserved=int(str(reserved)),
    )
