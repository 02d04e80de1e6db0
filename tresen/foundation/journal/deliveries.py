"""Who has still to hear which fact: the delivery rows, one set-based statement per verb."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tresen.foundation import sql

ERROR_LENGTH_MAX = 500

_SPREAD = """
WITH waiting AS (
  SELECT id, kind FROM journal_fact WHERE spread_at IS NULL
  ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
), spread AS (
  UPDATE journal_fact SET spread_at = %s FROM waiting WHERE journal_fact.id = waiting.id
), told AS (
  INSERT INTO journal_delivery (fact_id, listener, due_at)
  SELECT waiting.id, ear.listener, %s
  FROM waiting JOIN unnest(%s::text[], %s::text[]) AS ear(kind, listener) USING (kind)
  ORDER BY waiting.id
  ON CONFLICT (fact_id, listener) DO NOTHING
  RETURNING id, listener
)
SELECT '' AS listener, array_agg(id) FROM waiting
UNION ALL
SELECT listener, array_agg(id ORDER BY id) FROM told GROUP BY listener
"""
_WAITING = """
SELECT d.id, d.listener, f.kind, f.body::text, f.happened_at
FROM journal_delivery d JOIN journal_fact f ON f.id = d.fact_id
WHERE d.id = ANY(%s::bigint[]) AND d.heard_at IS NULL AND d.given_up_at IS NULL
ORDER BY d.id
"""
_HEARD = """
UPDATE journal_delivery SET heard_at = %s WHERE id IN (
  SELECT id FROM journal_delivery
  WHERE id = ANY(%s::bigint[]) AND heard_at IS NULL AND given_up_at IS NULL
  ORDER BY id FOR UPDATE SKIP LOCKED)
RETURNING id
"""
_FAILED = """
UPDATE journal_delivery SET tries = tries + 1, error = %s,
  due_at = %s::timestamptz + (%s::int[])[least(tries + 1, %s)] * interval '1 second',
  given_up_at = CASE WHEN tries + 1 >= %s THEN %s::timestamptz END
WHERE id = %s AND heard_at IS NULL AND given_up_at IS NULL
RETURNING due_at, given_up_at IS NOT NULL
"""
_CUT_SHORT = """
UPDATE journal_delivery SET cut_short = cut_short + 1, due_at = %s,
  error = CASE WHEN cut_short + 1 >= %s THEN 'the worker died over it' ELSE error END,
  given_up_at = CASE WHEN cut_short + 1 >= %s THEN %s::timestamptz END
WHERE id = ANY(%s::bigint[]) AND heard_at IS NULL AND given_up_at IS NULL
RETURNING id, given_up_at IS NOT NULL
"""
_OVERDUE = """
WITH late AS (
  SELECT id FROM journal_delivery
  WHERE heard_at IS NULL AND given_up_at IS NULL AND due_at < %s
  ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED
), moved AS (
  UPDATE journal_delivery d SET due_at = %s FROM late WHERE d.id = late.id RETURNING d.id, listener
)
SELECT listener, array_agg(id ORDER BY id) FROM moved GROUP BY listener
"""
_DEAD = """
SELECT d.id, d.listener, f.kind, d.tries, d.cut_short, d.given_up_at, d.error
FROM journal_delivery d JOIN journal_fact f ON f.id = d.fact_id
WHERE d.given_up_at IS NOT NULL ORDER BY d.id LIMIT %s
"""
_REVIVED = """
UPDATE journal_delivery
SET given_up_at = NULL, tries = 0, cut_short = 0, error = '', due_at = %s
WHERE id = %s AND given_up_at IS NOT NULL RETURNING listener
"""
_LAG = "SELECT happened_at FROM journal_fact WHERE spread_at IS NULL ORDER BY id LIMIT 1"
_DEAD_COUNT = "SELECT count(*) FROM journal_delivery WHERE given_up_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact that one listener has not heard yet."""

    id: int
    listener: str
    kind: str
    body: Mapping[str, object]
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Dead:
    """A delivery that was given up."""

    id: int
    listener: str
    kind: str
    tries: int
    cut_short: int
    given_up_at: datetime
    error: str


Batches = dict[str, list[int]]
"""Delivery ids by listener, oldest first."""


def spread(*, ears: Sequence[tuple[str, str]], now: datetime, limit: int) -> tuple[int, Batches]:
    """Claim waiting facts and note who has to hear them. `ears` are (kind, listener).

    Says how many facts were claimed. Needs a transaction; two relays never claim the same fact.
    """
    kinds, listeners = [kind for kind, _ in ears], [listener for _, listener in ears]
    batches = _batches(sql.rows(_SPREAD, (limit, now, now, kinds, listeners)))
    return len(batches.pop("", ())), batches


def waiting(ids: Sequence[int]) -> list[Waiting]:
    """Those of the deliveries that are neither heard nor given up, oldest first."""
    found = cast("list[tuple[int, str, str, str, datetime]]", sql.rows(_WAITING, (list(ids),)))
    return [
        Waiting(delivery_id, listener, kind, json.loads(body), happened_at)
        for delivery_id, listener, kind, body, happened_at in found
    ]


def mark_heard(ids: Sequence[int], *, now: datetime) -> list[int]:
    """Mark them, and keep others off until the transaction ends. Says which ones are ours."""
    return [cast("int", row[0]) for row in sql.rows(_HEARD, (now, list(ids)))]


def note_failure(
    delivery_id: int, *, error: str, waits: Sequence[int], now: datetime
) -> datetime | None:
    """Count the try; when to try again, or None when it was the last. `waits` are seconds."""
    tries_max = len(waits)
    found = sql.rows(
        _FAILED,
        (error[:ERROR_LENGTH_MAX], now, list(waits), tries_max, tries_max, now, delivery_id),
    )
    if not found or found[0][1]:
        return None
    return cast("datetime", found[0][0])


def note_cut_short(ids: Sequence[int], *, limit: int, now: datetime) -> list[int]:
    """A worker died over one of them; which may be tried again."""
    found = sql.rows(_CUT_SHORT, (now, limit, limit, now, list(ids)))
    return sorted(cast("int", row[0]) for row in found if not row[1])


def take_overdue(*, overdue: timedelta, now: datetime, limit: int) -> Batches:
    """Deliveries whose job got lost; they count as due from now on."""
    return _batches(sql.rows(_OVERDUE, (now - overdue, limit, now)))


def list_dead(*, limit: int) -> list[Dead]:
    """What was given up, oldest first."""
    found = sql.rows(_DEAD, (limit,))
    return [Dead(*cast("tuple[int, str, str, int, int, datetime, str]", row)) for row in found]


def revive_dead(delivery_id: int, *, now: datetime) -> str | None:
    """Give it another life; its listener, or None where there is no such dead delivery."""
    found = sql.rows(_REVIVED, (now, delivery_id))
    return cast("str", found[0][0]) if found else None


def oldest_waiting() -> datetime | None:
    """When the oldest fact happened that was not spread yet."""
    found = sql.rows(_LAG)
    return cast("datetime", found[0][0]) if found else None


def count_dead() -> int:
    return cast("int", sql.rows(_DEAD_COUNT)[0][0])


def _batches(found: Sequence[sql.Row]) -> Batches:
    return {cast("str", name): cast("list[int]", ids) for name, ids in found if ids}
