"""What the regular watches found last, and whether they still look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.postgres.address import libpq_parameters

SECONDS_MAX = 3
HOURS_SILENT_MAX = 24
_SECONDS_OF_HOUR = 3_600
CURE = "If nobody of yours changed it, follow docs/how-to/page-changed.md."


def check_watches(patient: Patient) -> Sequence[Finding]:
    """Nothing where the database is away: other checks say so."""
    address = libpq_parameters("app", data=patient.data, environ=patient.environ)
    try:
        with psycopg.connect(
            make_conninfo("", **address), connect_timeout=SECONDS_MAX
        ) as connection:
            rows = connection.execute(
                "SELECT name, is_good, words, seen_at FROM watches_watch ORDER BY name"
            ).fetchall()
    except psycopg.Error:
        return []
    return [_finding(*row) for row in rows]


def _finding(name: str, is_good: bool, words: str, seen_at: datetime) -> Finding:
    hours = (datetime.now(UTC) - seen_at).total_seconds() / _SECONDS_OF_HOUR  # noqa: TID251
    if not is_good:
        return ill(f"{name}: {words}", CURE)
    if hours > HOURS_SILENT_MAX:
        return note(f"{name} was last looked at {hours:.0f} hours ago.", "Is a worker running?")
    return well(f"{name}: {words}")
