"""What retention takes by its key: years whose time is over, and people nobody hears from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy.commands import mark_erased
from tresen.domains.privacy.rules.retention import created_before, period_of
from tresen.domains.privacy.types.retention import Finding
from tresen.foundation import sql
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import destroy_keys
from tresen.workflows.trusting.engine.expiring import BATCH, BATCHES_MAX, Held
from tresen.workflows.trusting.place import Place

BY_YEAR = (KeyClass.TAX_RECORD, KeyClass.LETTER)
"""Classes with a key for each calendar year: the papers stay as numbers that name nobody."""
FIRST_YEAR = 2000
_YEARS = """
SELECT count(*), count(*) FILTER (WHERE subject = ANY(%s::uuid[])), min(class)
FROM vault.data_key WHERE class = ANY(%s::text[])
"""
_YEARS_BATCH = """
SELECT DISTINCT subject FROM vault.data_key
WHERE class = ANY(%s::text[]) AND NOT (subject = ANY(%s::uuid[])) LIMIT %s
"""
_IDLE = """
FROM privacy_person p WHERE p.made_at < %s AND p.erased_at IS NULL
AND NOT EXISTS (SELECT FROM orders_order o WHERE o.person_id = p.id
  AND (o.placed_at >= %s OR (o.state = 'placed' AND o.fulfilment_state IN
    ('open', 'partly_shipped'))))
AND NOT EXISTS (SELECT FROM accounts_user u WHERE u.person_id = p.id)
AND NOT EXISTS (SELECT FROM privacy_request r WHERE r.person_id = p.id AND r.closed_at IS NULL)
"""


def end_year(retention: KeyClass, *, place: Place, held: Held, dry: bool, now: datetime) -> Finding:
    """Destroy the keys of the years that are over; what they sealed is unreadable everywhere."""
    today = place.day_of(now)
    rule = period_of(retention, country=place.country, today=today)
    over = range(FIRST_YEAR, created_before(rule, today=today).year)
    names = [f"{retention.value}.{year}" for year in over]
    all_held, persons = held
    ((count, kept_back, first),) = sql.rows(_YEARS, (list(persons), names))
    removed = 0 if dry or all_held else sum(_destroyed(names, persons))
    return Finding(
        retention=retention,
        table="vault_data_key",
        due=int(str(count)),
        removed=removed,
        held=int(str(count if all_held else kept_back)),
        oldest_on=date(int(str(first).rpartition(".")[2]), 1, 1) if first else None,
        law=rule.law,
    )


def end_profiles(*, place: Place, held: Held, dry: bool, now: datetime) -> Finding:
    """People who bought nothing for so long and have no account are no longer known by name."""
    today = place.day_of(now)
    rule = period_of(KeyClass.PROFILE, country=place.country, today=today)
    before = place.begin_of(created_before(rule, today=today))
    all_held, persons = held
    ((count, oldest),) = sql.rows(f"SELECT count(*), min(p.made_at) {_IDLE}", (before, before))
    ((kept_back,),) = sql.rows(
        f"SELECT count(*) {_IDLE} AND p.id = ANY(%s::uuid[])",
        (before, before, list(persons)),
    )
    removed = 0 if dry or all_held else sum(_forgotten(before, persons, now=now))
    return Finding(
        retention=KeyClass.PROFILE,
        table="privacy_person",
        due=int(str(count)),
        removed=removed,
        held=int(str(count if all_held else kept_back)),
        oldest_on=oldest.date() if isinstance(oldest, datetime) else None,
        law=rule.law,
    )


def _destroyed(names: list[str], held: Sequence[UUID]) -> Iterator[int]:
    for _ in range(BATCHES_MAX):
        found = sql.rows(_YEARS_BATCH, (names, list(held), BATCH))
        if not found:
            return
        yield destroy_keys([cast("UUID", subject) for (subject,) in found], *names)


def _forgotten(before: datetime, held: Sequence[UUID], *, now: datetime) -> Iterator[int]:
    for _ in range(BATCHES_MAX):
        with transaction.atomic():
            found = sql.rows(
                f"SELECT p.id {_IDLE} AND NOT (p.id = ANY(%s::uuid[]))"
                f" LIMIT {BATCH} FOR UPDATE SKIP LOCKED",
                (before, before, list(held)),
            )
            persons = [cast("UUID", person) for (person,) in found]
            if persons:
                mark_erased(person_ids=persons, now=now)
                destroy_keys(persons, KeyClass.PROFILE)
        yield len(persons)
        if len(persons) < BATCH:
            return
