"""Which backups stay: pure decisions over what lies in the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.operations.backup.manifests import Manifest

RECENT, RECENT_MAX = timedelta(days=1), 12
"""Whoever takes another one now must not lose the morning."""


@dataclass(frozen=True)
class Rule:
    """How many of each; the newest of a day, of a week, of a month stands for it."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 6


SMALL = Rule(daily=2, weekly=0, monthly=0)
"""Where nobody named a place for backups: enough to try everything, little disk."""


def kept_by(rule: Rule, manifests: Sequence[Manifest]) -> set[str]:
    """Ids that stay: those of the last day, and whatever an incremental one stands on."""
    newest_first = sorted(manifests, key=lambda one: one.finished_at, reverse=True)
    kept = {one.id for one in newest_first[:RECENT_MAX] if _is_recent(one, newest_first[0])}
    for count, period in ((rule.daily, _day), (rule.weekly, _week), (rule.monthly, _month)):
        seen: dict[str, str] = {}
        for one in newest_first:
            seen.setdefault(period(one.consistent_at), one.id)
        kept.update(list(seen.values())[:count])
    return _with_parents(kept, manifests)


def first_to_go(manifests: Sequence[Manifest]) -> str | None:
    """The oldest that nothing else stands on, never the newest: when the disk is too small."""
    oldest_first = sorted(manifests, key=lambda one: one.finished_at)
    needed = {parent for one in oldest_first for parent in one.parents}
    free = [one.id for one in oldest_first[:-1] if one.id not in needed]
    return free[0] if free else None


def log_needed_from(manifests: Sequence[Manifest]) -> dict[str, int]:
    """For each chain the first position of the log that a kept backup needs."""
    needed: dict[str, int] = {}
    for one in manifests:
        needed[one.chain] = min(one.start, needed.get(one.chain, one.start))
    return needed


def _is_recent(one: Manifest, newest: Manifest) -> bool:
    return newest.consistent_at - one.consistent_at < RECENT


def _with_parents(kept: set[str], manifests: Sequence[Manifest]) -> set[str]:
    return kept | {parent for one in manifests if one.id in kept for parent in one.parents}


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _week(at: datetime) -> str:
    return f"{at:%G-%V}"


def _month(at: datetime) -> str:
    return f"{at:%Y-%m}"
