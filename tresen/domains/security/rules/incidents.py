"""Deadlines of a breach: hours and days after a moment; weekends and holidays do not stop them."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

from tresen.domains.security.types.incidents import (
    Clock,
    ClockKind,
    Incident,
    Risk,
    Software,
    StepKind,
)

AUTHORITY_HOURS = 72
"""Art. 33(1) GDPR. 96 are proposed (Digital Omnibus) and not law; settings may name another."""
CRA_WARNING = timedelta(hours=24)
CRA_NOTICE = timedelta(hours=72)
CRA_AFTER_FIX = timedelta(days=14)
"""Art. 14(2) of Regulation (EU) 2024/2847, vulnerability: after a fix is there."""
CRA_INCIDENT_MONTHS = 1
"""Art. 14(4), severe incident: after the notification."""


def clocks_of(incident: Incident, *, authority_hours: int = AUTHORITY_HOURS) -> list[Clock]:
    """Those that run for it, the earliest first."""
    facts = incident.facts
    found = []
    if facts.risk is not Risk.NONE:
        due = facts.aware_at + timedelta(hours=authority_hours)
        met = incident.first(StepKind.AUTHORITY_TOLD)
        found.append(Clock(kind=ClockKind.AUTHORITY, due_at=due, met_at=met))
    if facts.software is not Software.NOT_CONCERNED:
        found += _of_software(incident)
    return sorted(found, key=lambda clock: (clock.due_at is None, clock.due_at or facts.aware_at))


def must_tell_persons(risk: Risk) -> bool:
    """Art. 34(1) GDPR: a high risk is told to the people without undue delay."""
    return risk is Risk.HIGH


def month_after(moment: datetime, *, months: int) -> datetime:
    """The same day and time so many months later; the last day where a month is shorter."""
    place = moment.month - 1 + months
    year, month = moment.year + place // 12, place % 12 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


def _of_software(incident: Incident) -> list[Clock]:
    aware_at = incident.facts.aware_at
    notified = incident.first(StepKind.CRA_NOTIFIED)
    return [
        Clock(
            kind=ClockKind.CRA_WARNING,
            due_at=aware_at + CRA_WARNING,
            met_at=incident.first(StepKind.CRA_WARNED),
        ),
        Clock(kind=ClockKind.CRA_NOTICE, due_at=aware_at + CRA_NOTICE, met_at=notified),
        Clock(
            kind=ClockKind.CRA_REPORT,
            due_at=_report_due(incident, notified=notified),
            met_at=incident.first(StepKind.CRA_REPORTED),
        ),
    ]


def _report_due(incident: Incident, *, notified: datetime | None) -> datetime | None:
    if incident.facts.software is Software.VULNERABILITY:
        fixed = incident.first(StepKind.FIXED)
        return fixed + CRA_AFTER_FIX if fixed else None
    return month_after(notified or incident.facts.aware_at + CRA_NOTICE, months=CRA_INCIDENT_MONTHS)
