"""Keep a provider's message once, and note what came of it.

Whose message it is turns out only when it is read: until then it is sealed with the key of its
year, afterwards with the profile of that person, so that an erasure reaches it. What the money
did stands in the events and in the books, without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.payments.models import Notice
from tresen.domains.payments.queries import notice_row
from tresen.domains.payments.types import NoticeRow
from tresen.foundation.ids import new_id
from tresen.foundation.vault.classes import HOUSE, KeyClass
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal, unseal

BODY = "payments_notice.body"
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
    period = KeyClass.PAYMENT.of(now)
    notice_id = new_id()
    key = keys_for(HOUSE, period)[period]
    fresh = Notice(
        id=notice_id,
        provider=provider,
        event_id=event_id,
        kind=kind[:KIND_MAX],
        body=seal(body.encode(), key=key, place=BODY, row=notice_id),
        received_at=now,
    )
    Notice.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = Notice.objects.only("id").get(provider=provider, event_id=event_id)
    return kept.id, kept.id == fresh.id


def hold_notice(*, notice_id: UUID) -> HeldNotice | None:
    """The notice under lock, or None if it is settled. Needs a transaction."""
    notice = Notice.objects.select_for_update().filter(id=notice_id, settled_at=None).first()
    if notice is None:
        return None
    body = unseal(bytes(notice.body), place=BODY, row=notice.id).decode()
    return HeldNotice(row=notice_row(notice), body=body)


def note_outcome(*, notice_id: UUID, outcome: str, settled_at: datetime | None) -> None:
    """What came of a notice; without `settled_at` it is tried again."""
    notice = Notice.objects.get(id=notice_id)
    notice.outcome = outcome
    notice.tries = min(notice.tries + 1, TRIES_MAX)
    notice.settled_at = settled_at
    notice.save(update_fields=["outcome", "tries", "settled_at"])


def give_notice(*, notice_id: UUID, person_id: UUID) -> None:
    """It is about that person: sealed with their key from now on. Needs a transaction."""
    notice = Notice.objects.get(id=notice_id)
    body = unseal(bytes(notice.body), place=BODY, row=notice.id)
    key = keys_for(person_id, KeyClass.PROFILE)[KeyClass.PROFILE]
    notice.body = seal(body, key=key, place=BODY, row=notice.id)
    notice.person_id = person_id
    notice.save(update_fields=["body", "person_id"])


def clear_notice(*, notice_id: UUID) -> None:
    """It is about somebody who was erased: what it said is not kept."""
    notice = Notice.objects.get(id=notice_id)
    period = KeyClass.PAYMENT.of(notice.received_at)
    key = keys_for(HOUSE, period)[period]
    notice.body = seal(b"{}", key=key, place=BODY, row=notice.id)
    notice.save(update_fields=["body"])


def note_failure(*, notice_id: UUID, now: datetime, keep_for: timedelta) -> None:
    """Settling broke off: it is tried again, until the message is older than `keep_for`."""
    notice = Notice.objects.get(id=notice_id)
    is_over = now - notice.received_at >= keep_for
    note_outcome(notice_id=notice_id, outcome="failed", settled_at=now if is_over else None)
