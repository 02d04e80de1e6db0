"""Take one of what is limited: one conditional write, so that a crowd cannot take one too many.

Whoever reads a count, thinks, and writes it back oversteps when fifty do so at once. Here the
database looks and counts in the same statement; those that come together queue on the row.
A window slides: in *any* span of that length there are at most `max` takes.

A take belongs to the caller's transaction. For a coupon that is what one wants: an order that is
not placed gives it back. For a try (a password, a code) call it before the transaction of the
deed begins, else a failure would give the try back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import blind_indexes

WINDOW_TAKES_MAX = 1_000
"""The moments of a window lie in one row; larger numbers want a limit without an end."""
_MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `max` in any `window`; in all where there is no window (a coupon's redemptions)."""

    name: str
    max: int
    window: timedelta | None

    def __post_init__(self) -> None:
        assert self.max >= 1
        assert self.window is None or (self.window > timedelta(0) and self.max <= WINDOW_TAKES_MAX)


class LimitReached(Refusal):
    """It was taken as often as it may be; `again_at` says when there is room, None: never."""

    code = "limit_reached"
    status = 429
    message = "This was tried too often. Please try again in %(minutes)s minutes."

    def __init__(self, *, field: str, now: datetime, again_at: datetime | None) -> None:
        self.again_at = again_at
        wait = (again_at - now).total_seconds() if again_at else 0
        super().__init__(field=field, params={"minutes": max(1, -int(-wait // _MINUTE_SECONDS))})


class NoneLeft(LimitReached):
    """A limit without an end is used up."""

    code = "none_left"
    status = 409
    message = "All of these have been taken."


def take_one(limit: Limit, *, key: str, now: datetime, field: str = "") -> None:
    """Take one, or raise LimitReached (NoneLeft); `key` says of whom or of what, normalised."""
    index = _moved_index(limit, key)
    if not _took(limit, index, now=now):
        raise _refusal(limit, index, now=now, field=field)


def may_take(limit: Limit, *, key: str, now: datetime) -> bool:
    """Take one and say whether there was one: for callers that answer in their own words."""
    return _took(limit, _moved_index(limit, key), now=now)


def give_back(limit: Limit, *, key: str) -> bool:
    """One take is undone (an order was cancelled); false when none was taken.

    The caller makes sure that it happens once per take. Of a window the latest take is undone.
    """
    index = _moved_index(limit, key)
    undone = sql.rows(
        "UPDATE limits_count SET taken = taken - 1, takes = takes[:cardinality(takes) - 1]"
        " WHERE name = %s AND key = %s AND taken > 0 RETURNING 1",
        (limit.name, index),
    )
    return bool(undone)


def left(limit: Limit, *, key: str, now: datetime) -> int:
    """How many may still be taken: to be shown, never to decide by."""
    since = now - limit.window if limit.window else None
    found = sql.rows(
        "SELECT CASE WHEN %s::timestamptz IS NULL THEN taken ELSE"
        " (SELECT count(*) FROM unnest(takes) AS t WHERE t > %s::timestamptz) END"
        " FROM limits_count WHERE name = %s AND key = %s",
        (since, since, limit.name, _moved_index(limit, key)),
    )
    used = cast("int", found[0][0]) if found else 0
    return max(0, limit.max - used)


def forget(limits: Iterable[Limit], *, key: str) -> None:
    """The counts of one key start anew: somebody proved that they are who they say they are."""
    for limit in limits:
        sql.run(
            "DELETE FROM limits_count WHERE name = %s AND key = ANY(%s::bytea[])",
            (limit.name, _indexes(limit, key)),
        )


def forget_ended(*, now: datetime, most: int) -> int:
    """Delete counts that say nothing any more, at most so many; says how many."""
    return sql.changed(
        "DELETE FROM limits_count WHERE id IN (SELECT id FROM limits_count"
        " WHERE forget_at < %s ORDER BY forget_at LIMIT %s FOR UPDATE SKIP LOCKED)",
        (now, most),
    )


def _took(limit: Limit, index: bytes, *, now: datetime) -> bool:
    if limit.window is None:
        found = sql.rows(
            "INSERT INTO limits_count AS c (name, key, takes, taken, forget_at)"
            " VALUES (%s, %s, '{}', 1, NULL)"
            " ON CONFLICT (name, key) DO UPDATE SET taken = c.taken + 1"
            " WHERE c.taken < %s RETURNING 1",
            (limit.name, index, limit.max),
        )
        return bool(found)
    most, since, ends = limit.max, now - limit.window, now + limit.window
    found = sql.rows(
        "INSERT INTO limits_count AS c (name, key, takes, taken, forget_at)"
        " VALUES (%s, %s, ARRAY[%s::timestamptz], 1, %s)"
        " ON CONFLICT (name, key) DO UPDATE SET"
        " takes = (c.takes || EXCLUDED.takes)[greatest(cardinality(c.takes) + 2 - %s, 1):],"
        " taken = least(cardinality(c.takes) + 1, %s),"
        " forget_at = greatest(c.forget_at, EXCLUDED.forget_at)"
        " WHERE cardinality(c.takes) < %s"
        " OR c.takes[cardinality(c.takes) - %s + 1] <= %s RETURNING 1",
        (limit.name, index, now, ends, most, most, most, most, since),
    )
    return bool(found)


def _refusal(limit: Limit, index: bytes, *, now: datetime, field: str) -> LimitReached:
    if limit.window is None:
        return NoneLeft(field=field, now=now, again_at=None)
    found = sql.rows(
        "SELECT takes[greatest(cardinality(takes) - %s + 1, 1)] FROM limits_count"
        " WHERE name = %s AND key = %s",
        (limit.max, limit.name, index),
    )
    oldest = cast("datetime", found[0][0]) if found else now
    return LimitReached(field=field, now=now, again_at=oldest + limit.window)


def _moved_index(limit: Limit, key: str) -> bytes:
    """The fingerprint of the newest key; what was counted under an older one goes on there."""
    newest, *older = _indexes(limit, key)
    if older:
        sql.run(
            "UPDATE limits_count c SET key = %s WHERE name = %s AND key = ANY(%s::bytea[])"
            " AND NOT EXISTS (SELECT FROM limits_count o WHERE o.name = c.name AND o.key = %s)",
            (newest, limit.name, older, newest),
        )
    return newest


def _indexes(limit: Limit, key: str) -> list[bytes]:
    return blind_indexes(key, purpose=f"limit:{limit.name}")
