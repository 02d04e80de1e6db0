"""People's data: does retention run each night, and does nobody wait too long for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from tresen.foundation import clock
from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.processes import is_alive
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.address import is_external
from tresen.operations.postgres.layout import DATABASE, Layout
from tresen.operations.postgres.provision import superuser
from tresen.operations.postgres.server import status_of
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext

NIGHTS_MAX = timedelta(days=2)
"""One night may be missed: the next one makes up for it."""
_ASK = """
SELECT (SELECT max(ran_at) FROM privacy_retention_run WHERE NOT dry),
  count(*), count(*) FILTER (WHERE due_on < current_date)
FROM privacy_request WHERE closed_at IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """When retention ran last, how many requests wait, and how many of them are late."""

    ran_at: datetime | None
    waiting: int
    late: int


def check_people(patient: Patient) -> Sequence[Finding]:
    """Only asked of a database that runs."""
    if is_external(patient.environ):
        return []
    status = status_of(patient.data)
    state = status.state
    if not (status.running and state and state.phase == "ready" and is_alive(state.server_pid)):
        return []
    try:
        with superuser(Layout(patient.data), port=state.port, database=DATABASE) as connection:
            row = connection.execute(_ASK).fetchone()
    except (Trouble, psycopg.Error) as failure:
        reason = type(failure).__name__
        return [note(_("Requests about data could not be looked at: {reason}", reason=reason))]
    assert row is not None
    ran_at, waiting, late = row
    assert ran_at is None or isinstance(ran_at, datetime)
    return judge(
        Standing(ran_at=ran_at, waiting=int(str(waiting)), late=int(str(late))), now=clock.now()
    )


def judge(standing: Standing, *, now: datetime) -> list[Finding]:
    """What that means."""
    found = [_retention(standing.ran_at, now)]
    if standing.late:
        found.append(
            ill(
                ngettext(
                    "{count} request about data is late (Art. 12 (3) GDPR).",
                    "{count} requests about data are late (Art. 12 (3) GDPR).",
                    standing.late,
                ),
                _("Answer them now: /staff/trust/requests/?overdue=1"),
            )
        )
    elif standing.waiting:
        found.append(
            well(
                ngettext(
                    "{count} request about data waits, it is not late",
                    "{count} requests about data wait, none is late",
                    standing.waiting,
                )
            )
        )
    return found


def _retention(ran_at: datetime | None, now: datetime) -> Finding:
    if ran_at is None:
        return note(_("Retention has not run yet; it runs by itself at night."))
    day = f"{ran_at:%Y-%m-%d}"
    if now - ran_at > NIGHTS_MAX:
        return ill(
            _("Retention ran last on {day}: data are kept longer than allowed.", day=day),
            _("Is the worker running? Then: tresen retention run"),
        )
    return well(_("Retention ran on {day}", day=day))
