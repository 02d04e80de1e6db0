"""What retention takes: rows whose time is over, class by class, in bounded batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.privacy.rules.retention import created_before, period_of
from tresen.domains.privacy.types.retention import Finding
from tresen.foundation import sql
from tresen.foundation.vault.records import PersonalRows
from tresen.workflows.trusting.engine.erasing import remove
from tresen.workflows.trusting.place import Place
from tresen.workflows.trusting.registry import all_rows, person_of

BATCH = 500
BATCHES_MAX = 200
"""Of one table and one run; what is left over is taken by the next one."""
Held = tuple[bool, Sequence[UUID]]
"""Whether the whole class is held, and else whose rows are."""


def expiring_rows() -> list[PersonalRows]:
    """Rows with a clock of their own that go when it ends; others go with their key or parent."""
    return [rows for rows in all_rows() if rows.born and rows.at_end == "delete"]


def expire_rows(
    rows: PersonalRows, *, place: Place, held: Held, dry: bool, now: datetime
) -> Finding:
    """Take what is due, unless `dry`. What a hold covers stays and is counted."""
    today = place.day_of(now)
    rule = period_of(rows.retention, country=place.country, today=today)
    due = _Due(rows, before=place.begin_of(created_before(rule, today=today)), held=held)
    count, kept_back, oldest = due.count()
    removed = 0 if dry or held[0] else due.take()
    return Finding(
        retention=rows.retention,
        table=rows.table,
        due=count,
        removed=removed,
        held=kept_back,
        oldest_on=oldest,
        law=rule.law,
    )


class _Due:
    """The rows of one table that are due before a moment."""

    def __init__(self, rows: PersonalRows, *, before: datetime, held: Held) -> None:
        self._rows = rows
        self._all_held, persons = held
        self._params = (before, list(persons))
        self._from = (
            f"FROM {rows.table} t CROSS JOIN"
            " (SELECT %s::timestamptz AS day, %s::uuid[] AS held) AS boundary"
        )

    def count(self) -> tuple[int, int, date | None]:
        """How many are due, how many of them are held back, and the oldest one's day."""
        ((count, held, oldest),) = sql.rows(
            f"SELECT count(*), count(*) FILTER (WHERE {self._is_held()}),"
            f" min(t.{self._rows.born}) {self._from} WHERE {self._is_due()}",
            self._params,
        )
        whole = int(str(count))
        kept_back = whole if self._all_held else int(str(held))
        return whole, kept_back, oldest.date() if isinstance(oldest, datetime) else None

    def take(self) -> int:
        """Batch by batch, each its own transaction, so that nobody waits long."""
        taken = 0
        for _ in range(BATCHES_MAX):
            with transaction.atomic():
                batch = self._take_batch()
            taken += batch
            if batch < BATCH:
                break
        return taken

    def _take_batch(self) -> int:
        rows = self._rows
        sql.rows("SELECT set_config('tresen.retention', 'on', true)")
        found = sql.rows(
            f"SELECT t.{rows.key}::text {self._from}"
            f" WHERE NOT ({self._is_held()}) AND {self._is_due()}"
            f" ORDER BY t.{rows.born} LIMIT {BATCH} FOR UPDATE OF t SKIP LOCKED",
            self._params,
        )
        keys = [str(key) for (key,) in found]
        if not keys:
            return 0
        chosen = f"SELECT {rows.key} FROM {rows.table} WHERE {rows.key}::text = ANY(%s::text[])"  # noqa: S608
        return remove(rows, chosen, (keys,))

    def _is_due(self) -> str:
        rows = self._rows
        kept = f"NOT ({rows.unfinished})" if rows.unfinished else ""
        parts = [f"t.{rows.born} < boundary.day", rows.only, kept]
        return " AND ".join(f"({part})" for part in parts if part)

    def _is_held(self) -> str:
        person = person_of(self._rows)
        return f"coalesce({person} = ANY(boundary.held), false)" if person else "false"
