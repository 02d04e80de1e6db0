"""The doctor on people's data: late answers and a retention that stopped are illnesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tresen.operations.doctor.people import Standing, check_people, judge
from tresen.operations.doctor.types import Patient

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _verdicts(ran_at: datetime | None, waiting: int = 0, late: int = 0) -> list[str]:
    standing = Standing(ran_at=ran_at, waiting=waiting, late=late)
    return [finding.verdict for finding in judge(standing, now=NOON)]


def test_last_night_is_well_and_a_missed_week_is_not() -> None:
    assert _verdicts(NOON - timedelta(hours=10)) == ["well"]
    assert _verdicts(NOON - timedelta(days=7)) == ["ill"]
    assert _verdicts(None) == ["note"]


def test_a_late_answer_is_an_illness() -> None:
    assert _verdicts(NOON, waiting=3) == ["well", "well"]
    assert _verdicts(NOON, waiting=3, late=1) == ["well", "ill"]


def test_a_shop_that_is_closed_is_not_asked(tmp_path: Path) -> None:
    patient = Patient(data=tmp_path / "data", environ={}, host="127.0.0.1", port=1)

    assert check_people(patient) == []
