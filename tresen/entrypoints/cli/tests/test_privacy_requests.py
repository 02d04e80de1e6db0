"""Requests about data at the terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.privacy.commands import NotAnswerable
from tresen.domains.privacy.queries.requests import list_requests_of
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState, RequestWay
from tresen.entrypoints.cli import privacy
from tresen.entrypoints.cli.privacy_requests import DayToCome, NobodyKnown, NoSuchNumber
from tresen.foundation import clock, sql
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.trusting.tests.make import letters, order

pytestmark = pytest.mark.django_db
ERIKA = "erika@example.com"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    bought = order(small_shop())
    assert bought.person_id is not None
    return bought.person_id


def say(*words: str) -> int:
    parser = ArgumentParser()
    privacy.declare(parser)
    return int(privacy.act(parser.parse_args(list(words))))


def only(person: UUID) -> RequestRow:
    (row,) = list_requests_of(person)
    return row


def test_a_letter_is_entered_proven_and_answered(
    person: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    day = (NOON - timedelta(days=2)).date()
    say("ask", "rectification", ERIKA, "--received", str(day), "--wish", "Beispil")
    row = only(person)
    assert (row.kind, row.way) == (RequestKind.RECTIFICATION, RequestWay.LETTER)
    assert row.state is RequestState.UNPROVEN, "a letter proves nobody"
    assert row.number in capsys.readouterr().out

    say("prove", row.number, "--how", "called back")
    assert only(person).state is RequestState.RECEIVED
    say("answer", row.number, "--words", "Ist berichtigt.")

    assert only(person).state is RequestState.ANSWERED
    (letter,) = letters("request_answered")
    assert "Ist berichtigt." in str(letter)
    deeds = sql.rows("SELECT action FROM audit_deed WHERE action LIKE 'privacy_request.%%'")
    assert sorted(str(action) for (action,) in deeds) == [
        "privacy_request.answer",
        "privacy_request.open",
        "privacy_request.prove",
    ]


def test_without_a_proof_no_letter_leaves_with_data(person: UUID) -> None:
    """Control: the same request, not proven."""
    say("ask", "access", ERIKA, "--way", "phone")

    with pytest.raises(NotAnswerable):
        say("answer", only(person).number, "--words", "Hier ist alles.")

    assert only(person).state is RequestState.UNPROVEN


def test_it_is_extended_refused_or_withdrawn(person: UUID) -> None:
    say("ask", "erasure", ERIKA, "--proof", "knew the last two orders")
    row = only(person)
    say("extend", row.number, "--reason", "many orders")
    assert only(person).clock.due_on > row.clock.due_on

    say("withdraw", row.number)
    assert only(person).state is RequestState.TAKEN_BACK


def test_what_cannot_be_is_refused_and_nothing_is_written(person: UUID) -> None:
    with pytest.raises(NobodyKnown):
        say("ask", "access", "nobody@example.com")
    with pytest.raises(DayToCome):
        say("ask", "access", ERIKA, "--received", "2099-01-01")
    with pytest.raises(NoSuchNumber):
        say("withdraw", "X-1")
    assert list_requests_of(person) == []
