"""`tresen jobs`: what was given up is shown, and can be tried again."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

import pytest

from tresen.domains.conversations.commands import claim_letter, hold_letter, queue_letter
from tresen.domains.conversations.types import LetterKind
from tresen.entrypoints.cli import jobs
from tresen.foundation import clock, sql
from tresen.foundation.ids import new_id, outer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def tresen_jobs(*words: str) -> int:
    parser = argparse.ArgumentParser()
    jobs.declare(parser)
    return jobs.act(parser.parse_args(words))


def dead_delivery() -> int:
    ((delivery_id,),) = sql.rows(
        "WITH fact AS (INSERT INTO journal_fact (kind, body, happened_at) VALUES ('LampLit', '{}',"
        " now()) RETURNING id) INSERT INTO journal_delivery (fact_id, listener, tries, due_at,"
        " given_up_at, error) SELECT id, 'lamps.glow', 10, now(), now(), 'ValueError at lamps.py:3'"
        " FROM fact RETURNING id"
    )
    return int(str(delivery_id))


def held_letter() -> str:
    queue_letter(
        key="a",
        kind=LetterKind.REFUND_MADE,
        locale="de",
        recipient="hanna@example.org",
        payload={},
        person_id=new_id(),
        now=NOON,
    )
    letter = claim_letter(now=clock.now())
    assert letter is not None
    hold_letter(letter_id=letter.id, reason="NoAnswer")
    return outer("let", letter.id)


def test_nothing_given_up_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert tresen_jobs("dead") == 0
    assert capsys.readouterr().out == "Nothing was given up.\n"


def test_the_dead_are_listed_with_their_reasons_and_without_people(
    capsys: pytest.CaptureFixture[str],
) -> None:
    delivery, letter = dead_delivery(), held_letter()

    tresen_jobs("dead")

    out = capsys.readouterr().out
    assert f"{delivery}  LampLit -> lamps.glow  10 tries, 0 cut short  ValueError at" in out
    assert f"{letter}  refund_made  held back  1 try  NoAnswer" in out
    assert "hanna" not in out


def test_both_kinds_can_be_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    delivery, letter = dead_delivery(), held_letter()

    assert tresen_jobs("retry", str(delivery), letter) == 0
    tresen_jobs("dead")

    assert capsys.readouterr().out.endswith("Nothing was given up.\n")
    assert sql.rows("SELECT state FROM conversations_letter") == [("queued",)]


def test_a_letter_that_did_arrive_is_not_sent_again() -> None:
    assert tresen_jobs("arrived", held_letter()) == 0
    assert sql.rows("SELECT state FROM conversations_letter") == [("sent",)]


@pytest.mark.parametrize("wrong", ["7", "let_0000", "ord_01k5m3v9q8z7x6w5v4t3s2r100", "Hanna"])
def test_an_id_that_is_no_dead_one_is_said(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tresen_jobs("retry", wrong) == 1
    assert capsys.readouterr().err == f"{wrong}: there is no such dead one\n"
