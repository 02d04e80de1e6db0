"""Keep a provider's message once, and note what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.payments.models import Notice
from tresen.domains.payments.queries import notice_row
from tresen.domains.payments.types import NoticeRow

EVENT_ID_MAX = 255
KIND_MAX = 100
TRIES_MAX = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNotice:
    """A notice under lock, with its body unsealed."""

    row: NoticeRow
    body: str


@transaction.atomic
def store_notice(
    *, provider: str, event_id: str, kind: str, body: str, now: datetime
) -> tuple[UUID, bool]:
    """The notice's id, and whether it is new: a replay finds the first one."""
    assert 0 < len(event_id) <= EVENT_ID_MAX
    fresh = Notice(
        provider=provider,
        event_id=event_id,
        kind=kind[:KIND_MAX],
        body=body,
        received_at=now,
    )
    Notice.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = Notice.objects.only("id").get(provider=provider, event_id=event_id)
    return kept.id, kept.id == fresh.id


def hold_notice(*, notice_id: UUID) -> HeldNotice | None:
    """The notice under lock, or None if it is settled. Needs a transaction."""
    notice = Notice.objects.select_for_update().filter(id=notice_id, settled_at=None).first()
    return HeldNotice(row=notice_row(notice), body=notice.body) if notice else None


def note_outcome(*, notice_id: UUID, outcome: str, settled_at: datetime | None) -> None:
    """What came of a notice; without `settled_at` it is tried again."""
    notice = Notice.objects.get(id=notice_id)
    notice.outcome = outcome
    notice.tries = min(notice.tries + 1, TRIES_MAX)
    notice.settled_at = settled_at
    notice.save(update_fields=["outcome", "tries", "settled_at"])


def note_failure(*, notice_id: UUID, now: datetime, keep_for: timedelta) -> None:
    """Settling broke off: it is tried again, until the message is older than `keep_for`."""
    notice = Notice.objects.get(id=notice_id)
    is_over = now - notice.received_at >= keep_for
    note_outcome(notice_id=notice_id, outcome="failed", settled_at=now if is_over else None)
