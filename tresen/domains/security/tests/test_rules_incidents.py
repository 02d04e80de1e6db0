"""Clocks of a breach by the figures of law: hours and days, weekends included."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tresen.domains.security.rules.incidents import clocks_of, month_after, must_tell_persons
from tresen.domains.security.types.incidents import (
    ClockKind,
    Facts,
    Incident,
    IncidentWords,
    Risk,
    Software,
    Step,
    StepKind,
)

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=BERLIN)
MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=BERLIN)


def _incident(
    *steps: tuple[StepKind, datetime],
    risk: Risk = Risk.SOME,
    software: Software = Software.NOT_CONCERNED,
    aware_at: datetime = FRIDAY,
) -> Incident:
    return Incident(
        id=UUID(int=1),
        number=1,
        facts=Facts(aware_at=aware_at, risk=risk, software=software),
        words=IncidentWords(title="x"),
        opened_at=aware_at,
        closed_at=None,
        pinned=0,
        steps=tuple(Step(kind=kind, at=at, actor="system", text="") for kind, at in steps),
    )


def _due(incident: Incident) -> dict[ClockKind, datetime | None]:
    return {clock.kind: clock.due_at for clock in clocks_of(incident)}


def test_friday_at_five_ends_on_monday_at_five() -> None:
    assert _due(_incident()) == {ClockKind.AUTHORITY: MONDAY}


def test_hours_are_hours_when_the_clocks_are_changed() -> None:
    aware_at = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN).astimezone(ZoneInfo("UTC"))
    (due,) = _due(_incident(aware_at=aware_at)).values()
    assert due == aware_at + timedelta(hours=72)
    assert due.astimezone(BERLIN).hour == 11


def test_another_law_is_a_setting() -> None:
    (clock,) = clocks_of(_incident(), authority_hours=96)
    assert clock.due_at == MONDAY + timedelta(hours=24)


def test_without_a_risk_nobody_is_told_and_with_a_high_one_the_people_are() -> None:
    assert clocks_of(_incident(risk=Risk.NONE)) == []
    assert [must_tell_persons(risk) for risk in Risk] == [False, False, True]


def test_a_weakness_has_a_day_three_days_and_two_weeks_after_the_fix() -> None:
    unfixed = _incident(software=Software.VULNERABILITY)
    assert _due(unfixed) == {
        ClockKind.CRA_WARNING: FRIDAY + timedelta(hours=24),
        ClockKind.AUTHORITY: MONDAY,
        ClockKind.CRA_NOTICE: MONDAY,
        ClockKind.CRA_REPORT: None,
    }
    fixed = _incident((StepKind.FIXED, MONDAY), software=Software.VULNERABILITY)
    assert _due(fixed)[ClockKind.CRA_REPORT] == datetime(2026, 12, 7, 17, 0, tzinfo=BERLIN)


def test_a_severe_incident_is_reported_a_month_after_its_notification() -> None:
    notified = datetime(2026, 11, 22, 9, 0, tzinfo=BERLIN)
    told = _incident((StepKind.CRA_NOTIFIED, notified), software=Software.INCIDENT)
    assert _due(told)[ClockKind.CRA_REPORT] == datetime(2026, 12, 22, 9, 0, tzinfo=BERLIN)
    untold = _incident(software=Software.INCIDENT)
    assert _due(untold)[ClockKind.CRA_REPORT] == datetime(2026, 12, 23, 17, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("day", "expected"), [((2027, 1, 31), (2027, 2, 28)), ((2026, 12, 15), (2027, 1, 15))]
)
def test_a_month_ends_with_the_month(
    day: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert month_after(datetime(*day, tzinfo=BERLIN), months=1) == datetime(
        *expected, tzinfo=BERLIN
    )


def test_a_clock_that_was_met_stops_and_one_that_was_met_late_says_so() -> None:
    in_time = _incident((StepKind.AUTHORITY_TOLD, MONDAY))
    late = _incident((StepKind.AUTHORITY_TOLD, MONDAY + timedelta(minutes=1)))
    (good,), (bad,) = clocks_of(in_time), clocks_of(late)
    year_later = MONDAY + timedelta(days=365)

    assert (good.met_at, good.is_late(year_later)) == (MONDAY, False)
    assert bad.is_late(year_later)
    assert clocks_of(_incident())[0].is_late(MONDAY + timedelta(seconds=1))
    assert not clocks_of(_incident())[0].is_late(MONDAY)
