"""A fact is kept if, and only if, the transaction is kept that it is true in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tresen.foundation import sql
from tresen.foundation.journal.events import Event, announce, revive

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    """A fact of this test."""

    lamp_id: str
    watts: int = 5


LIT = LampLit(happened_at=NOON, lamp_id="lamp_1", watts=7)


def _kept() -> list[sql.Row]:
    return sql.rows("SELECT kind, body->>'lamp_id', happened_at FROM journal_fact")


@pytest.mark.django_db
def test_a_fact_is_kept_with_its_transaction() -> None:
    with transaction.atomic():
        announce(LIT)
    assert _kept() == [("LampLit", "lamp_1", NOON)]


@pytest.mark.django_db
def test_what_was_taken_back_was_never_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(LIT)
        raise ZeroDivisionError
    assert _kept() == []


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_can_be_announced() -> None:
    with pytest.raises(AssertionError, match="inside its transaction"):
        announce(LIT)


def test_a_fact_comes_back_as_it_was_and_a_later_field_takes_its_default() -> None:
    told = {"lamp_id": "lamp_1", "colour": "no longer known"}
    assert revive(LampLit, body=told | {"watts": 7}, happened_at=NOON) == LIT
    assert revive(LampLit, body=told, happened_at=NOON) == LampLit(
        happened_at=NOON, lamp_id="lamp_1"
    )
