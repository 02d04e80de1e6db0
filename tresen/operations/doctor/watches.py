"""What the regular watches found last, and whether they still look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import psycopg
from psycopg.conninfo import make_conninfo

from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.postgres.address import libpq_parameters
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, number

SECONDS_MAX = 3
HOURS_SILENT_MAX = 24
_SECONDS_OF_HOUR = 3_600
NAMES: Mapping[str, str] = {"checkout_scripts": gettext_noop("The checkout, from outside")}


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
    """An alarm in the words of the watch, which also stand in the log and in its mail."""
    hours = (datetime.now(UTC) - seen_at).total_seconds() / _SECONDS_OF_HOUR  # noqa: TID251
    told = _(NAMES[name]) if name in NAMES else name
    if not is_good:
        return ill(
            f"{told}: {words}",
            _("If nobody of yours changed it, follow docs/how-to/page-changed.md."),
        )
    if hours > HOURS_SILENT_MAX:
        says = _("{name}: last looked at {hours} hours ago.", name=told, hours=number(hours))
        return note(says, _("Is a worker running?"))
    return well(f"{told}: {_('Everything is as it should be.')}")
