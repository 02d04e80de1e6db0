"""Announcing reductions: the price to name is computed once from the history, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from tresen.domains.pricing.events import VARIANTS_PER_FACT_MAX, PricesChanged
from tresen.domains.pricing.queries import changes_since, list_reductions
from tresen.domains.pricing.rules import (
    NoReduction,
    end_of,
    reduction_of,
    start_of,
    timeline,
    window_start,
)
from tresen.domains.pricing.types import PriceChange, Reduction, ReductionKind, ReductionRow
from tresen.domains.stores.queries import get_market
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.journal.events import announce

_ANNOUNCE = """
INSERT INTO pricing_reduction
  (variant_id, market_id, kind, reference_minor, currency, began_at, ends_at, actor)
SELECT r.variant_id, %s, %s, r.reference_minor, r.currency, r.began_at, r.ends_at, %s
FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[])
  AS r (variant_id, reference_minor, currency, began_at, ends_at)
"""
_END = """
UPDATE pricing_reduction r SET ends_at = e.ends_at
FROM (
  SELECT id, CASE WHEN ends_at IS NOT NULL THEN greatest(ends_at, began_at) END AS ends_at
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS u (id, ends_at, began_at)
) e WHERE r.id = e.id AND r.ends_at IS DISTINCT FROM e.ends_at
"""


def announce_reductions(
    *,
    variant_ids: Sequence[UUID],
    market: str,
    now: datetime,
    actor: Actor,
    kind: ReductionKind = ReductionKind.GENERAL,
) -> None:
    """From now on these variants may be shown as reduced, with the price that must be named.

    A reduction that is still running keeps its reference, however often the price falls
    further (§11(3) PAngV). Raises NoReduction for the first variant whose price is none.
    """
    running = {row.variant_id for row in list_reductions(variant_ids, market=market, at=now)}
    fresh = sorted({variant_id for variant_id in variant_ids if variant_id not in running})
    zone = ZoneInfo(get_market(market).time_zone)
    changes = _changes(fresh, market=market, now=now, zone=zone)
    found = {
        variant_id: _reduction(variant_id, changes[variant_id], now=now, zone=zone, kind=kind)
        for variant_id in fresh
    }
    if not found:
        return
    sql.run(
        _ANNOUNCE,
        (
            market,
            kind.value,
            str(actor),
            list(found),
            [each.reference.minor for each in found.values()],
            [each.reference.currency for each in found.values()],
            [each.began_at for each in found.values()],
            [each.ends_at for each in found.values()],
        ),
    )
    tell(fresh, market=market, now=now)


def end_reductions(*, variant_ids: Sequence[UUID], market: str, now: datetime) -> None:
    """These variants are no longer shown as reduced; their prices stay."""
    rows = list_reductions(variant_ids, market=market, at=now)
    if rows:
        _end(rows, [now for _ in rows])
        tell(sorted({row.variant_id for row in rows}), market=market, now=now)


def check_running(variant_ids: Sequence[UUID], *, market: str, now: datetime) -> None:
    """Prices changed: running reductions end where the price rises now or is planned to."""
    rows = list_reductions(variant_ids, market=market, at=now)
    if not rows:
        return
    zone = ZoneInfo(get_market(market).time_zone)
    oldest = min(row.began_at for row in rows)
    changes = _changes([row.variant_id for row in rows], market=market, now=oldest, zone=zone)
    ends = [
        end_of(timeline(changes[row.variant_id], since=row.began_at), began=row.began_at)
        for row in rows
    ]
    _end(rows, ends)


def tell(variant_ids: Sequence[UUID], *, market: str, now: datetime) -> None:
    """Announce which variants' prices changed, at most VARIANTS_PER_FACT_MAX in one fact."""
    assert transaction.get_connection().in_atomic_block, "prices change inside a transaction"
    told = [str(variant_id) for variant_id in variant_ids]
    for first in range(0, len(told), VARIANTS_PER_FACT_MAX):
        some = told[first : first + VARIANTS_PER_FACT_MAX]
        announce(PricesChanged(happened_at=now, variant_ids=some, market=market))


def _end(rows: Sequence[ReductionRow], ends: Sequence[datetime | None]) -> None:
    sql.run(_END, ([row.id for row in rows], list(ends), [row.began_at for row in rows]))


def _changes(
    variant_ids: Sequence[UUID], *, market: str, now: datetime, zone: ZoneInfo
) -> dict[UUID, list[PriceChange]]:
    return changes_since(variant_ids, market=market, since=window_start(now, zone=zone))


def _reduction(
    variant_id: UUID,
    changes: Sequence[PriceChange],
    *,
    now: datetime,
    zone: ZoneInfo,
    kind: ReductionKind,
) -> Reduction:
    if not changes:
        raise NoReduction(variant_id=variant_id, reference=None)
    steps = timeline(changes, since=window_start(now, zone=zone))
    began = start_of(steps, now=now, zone=zone)
    return reduction_of(changes, began=began, zone=zone, kind=kind)
