"""Token buckets (GCRA): one number per bucket, and one statement for all buckets of a try.

The database looks and takes in the same write: fifty that come together queue on the row, and not
one gets more than there is. Call it outside the transaction of the deed, else a failure would
give the tries back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tresen.foundation import sql
from tresen.foundation.vault.sealing import blind_index, blind_indexes

_DRAW = """
INSERT INTO throttle_bucket AS b (key, full_at, room_s)
SELECT d.key, %s::timestamptz + make_interval(secs => d.needs), d.room
FROM unnest(%s::bytea[], %s::float8[], %s::float8[]) AS d (key, needs, room) ORDER BY d.key
ON CONFLICT (key) DO UPDATE SET room_s = excluded.room_s,
  full_at = greatest(b.full_at, %s) + (excluded.full_at - %s::timestamptz)
WHERE greatest(b.full_at, %s) + (excluded.full_at - %s::timestamptz)
  <= %s::timestamptz + make_interval(secs => excluded.room_s)
RETURNING b.key
"""
_GIVE_BACK = """
UPDATE throttle_bucket AS b SET full_at = b.full_at - make_interval(secs => d.needs)
FROM unnest(%s::bytea[], %s::float8[]) AS d (key, needs) WHERE b.key = d.key
"""
_FULL_AT = "SELECT key, full_at FROM throttle_bucket WHERE key = ANY(%s::bytea[]) AND full_at > %s"
_MOVE = """
UPDATE throttle_bucket AS b SET key = m.new
FROM unnest(%s::bytea[], %s::bytea[]) AS m (old, new)
WHERE b.key = m.old AND NOT EXISTS (SELECT FROM throttle_bucket n WHERE n.key = m.new)
"""
_QUEUE = """
INSERT INTO throttle_bucket AS b (key, full_at, room_s)
VALUES (%s, %s::timestamptz + make_interval(secs => %s), %s)
ON CONFLICT (key) DO UPDATE SET full_at = least(
  greatest(b.full_at, %s) + (excluded.full_at - %s::timestamptz),
  %s::timestamptz + make_interval(secs => excluded.room_s))
RETURNING full_at
"""
_FORGET = """
DELETE FROM throttle_bucket WHERE key IN (
  SELECT key FROM throttle_bucket WHERE full_at < %s ORDER BY full_at LIMIT %s
  FOR UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Holds `size`; one comes back every `refill`."""

    name: str
    size: float
    refill: timedelta

    @property
    def room_s(self) -> float:
        """Seconds from empty to full."""
        return self.size * self.refill.total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """So much out of the bucket of `key` (normalised by the caller)."""

    bucket: Bucket
    key: str
    cost: float = 1.0

    def __post_init__(self) -> None:
        assert 0 < self.cost <= self.bucket.size

    @property
    def index(self) -> bytes:
        return blind_index(self.key, purpose=f"throttle:{self.bucket.name}")

    @property
    def older(self) -> list[bytes]:
        """Where it lay before the key of indexes was changed."""
        return blind_indexes(self.key, purpose=f"throttle:{self.bucket.name}")[1:]

    @property
    def needs_s(self) -> float:
        return self.cost * self.bucket.refill.total_seconds()


def draw(draws: Sequence[Draw], *, now: datetime) -> tuple[Draw, ...]:
    """Take from each; those are returned whose bucket had too little (nothing taken there)."""
    _move(draws)
    keys = [one.index for one in draws]
    needs, rooms = [one.needs_s for one in draws], [one.bucket.room_s for one in draws]
    params = (now, keys, needs, rooms, now, now, now, now, now)
    taken = {bytes(cast("bytes", key)) for (key,) in sql.rows(_DRAW, params)}
    return tuple(one for one, key in zip(draws, keys, strict=True) if key not in taken)


def give_back(draws: Sequence[Draw]) -> None:
    """It was somebody honest: the tries cost nothing."""
    if draws:
        sql.run(_GIVE_BACK, ([one.index for one in draws], [one.needs_s for one in draws]))


def wait_for(wanted: Draw, *, now: datetime) -> timedelta:
    """How long until the bucket holds enough: to be told, never to decide by."""
    _move([wanted])
    found = sql.rows(_FULL_AT, ([wanted.index], now))
    if not found:
        return timedelta(0)
    left = wanted.bucket.room_s - wanted.needs_s
    ready = cast("datetime", found[0][1]) - timedelta(seconds=left)
    return max(timedelta(0), ready - now)


def level_of(bucket: Bucket, *, key: str, now: datetime) -> float:
    """How much it holds."""
    found = sql.rows(_FULL_AT, ([Draw(bucket=bucket, key=key).index], now))
    if not found:
        return bucket.size
    missing = (cast("datetime", found[0][1]) - now).total_seconds()
    return max(0.0, bucket.size - missing / bucket.refill.total_seconds())


def take_once(*, name: str, key: str, lasts: timedelta, now: datetime) -> bool:
    """True for the first, false for all others within `lasts`: a code or a solution is used up."""
    once = Bucket(name=name, size=1, refill=lasts)
    return not draw([Draw(bucket=once, key=key)], now=now)


def queue_up(lane: Bucket, *, key: str, now: datetime) -> datetime:
    """A place in a queue that moves on every `refill`: when it is one's turn.

    Nobody waits longer than the lane is long.
    """
    wanted = Draw(bucket=lane, key=key)
    params = (wanted.index, now, wanted.needs_s, lane.room_s, now, now, now)
    ((full_at,),) = sql.rows(_QUEUE, params)
    return cast("datetime", full_at)


def _move(draws: Sequence[Draw]) -> None:
    """What was drawn before the key of indexes was changed counts on."""
    moves = [(old, one.index) for one in draws for old in one.older]
    if moves:
        sql.run(_MOVE, ([old for old, _ in moves], [new for _, new in moves]))


def forget_full(*, now: datetime, most: int) -> int:
    """Delete buckets that are full again, at most so many; says how many."""
    return sql.changed(_FORGET, (now, most))
