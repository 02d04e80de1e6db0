"""When the keeper does what: pure decisions over what was done last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Errand = Literal["backup", "drill", "keystore"]

BACKUP_HOUR, DRILL_HOUR = 2, 3
"""UTC; the drill follows the backup that it proves."""
KEYSTORE_EVERY = timedelta(hours=1)
SETTLE_FIRST = timedelta(seconds=60)
"""A shop that has just been opened has other things to do."""
FIRST_PROOF_AFTER = timedelta(minutes=10)
RETRY_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Done:
    """What was done last, and when the keeper began; failures count as attempts."""

    begun: datetime
    backup_at: datetime | None
    keystore_at: datetime | None
    proof_at: datetime | None
    tried_at: dict[Errand, datetime]


def next_errand(done: Done, *, now: datetime) -> Errand | None:
    """The most urgent one that is due."""
    order: tuple[Errand, ...] = ("keystore", "backup", "drill")
    return next((errand for errand in order if _is_due(errand, done, now)), None)


def last_slot(hour: int, *, now: datetime) -> datetime:
    """The newest moment of that hour that has passed."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _is_due(errand: Errand, done: Done, now: datetime) -> bool:
    tried = done.tried_at.get(errand)
    if tried and now - tried < RETRY_AFTER:
        return False
    if errand == "keystore":
        return done.keystore_at is None or now - done.keystore_at >= KEYSTORE_EVERY
    if done.backup_at is None:
        return errand == "backup" and now - done.begun >= SETTLE_FIRST
    if errand == "backup":
        return done.backup_at < last_slot(BACKUP_HOUR, now=now)
    if done.proof_at is None:
        return now - done.backup_at >= FIRST_PROOF_AFTER
    return done.proof_at < last_slot(DRILL_HOUR, now=now)
