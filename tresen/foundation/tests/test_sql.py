"""Batches go out in one write, and are all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.abc import PQGen
from psycopg.generators import send
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGconn

from tresen.foundation import sql
from tresen.foundation.database.connections import DeadlineConnection

pytestmark = pytest.mark.django_db(transaction=True)

STRICT = "CREATE TEMP TABLE mark (n int PRIMARY KEY, late int UNIQUE DEFERRABLE INITIALLY DEFERRED)"


@pytest.fixture
def marks(db: None) -> Iterator[None]:
    """A table that complains at once about `n`, and at commit about `late`."""
    sql.run(STRICT)
    yield
    sql.run("DROP TABLE mark")


def mark(n: int, late: int) -> None:
    sql.run("INSERT INTO mark VALUES (%s, %s)", (n, late))


def marked() -> list[object]:
    return [row[0] for row in sql.rows("SELECT n FROM mark ORDER BY n")]


def status() -> TransactionStatus:
    return TransactionStatus(
        cast("DeadlineConnection", connection.connection).pgconn.transaction_status
    )


class Broke(Exception):
    """What a workflow raises."""


def test_nothing_is_sent_before_an_answer_is_wanted(marks: None) -> None:
    with sql.transaction():
        mark(1, 1)
        asked = sql.ask("SELECT count(*) FROM mark", shape=lambda found: found[0][0])
        assert status() is TransactionStatus.IDLE
        assert asked.answer() == 1
        assert status() is TransactionStatus.INTRANS
    assert status() is TransactionStatus.IDLE
    assert marked() == [1]


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One more entry for each time that a batch went to the server."""
    made: list[int] = []

    def counted(pgconn: PGconn) -> PQGen[None]:
        made.append(1)
        yield from send(pgconn)

    monkeypatch.setattr("tresen.foundation.database.batch.send", counted)
    return made


def test_begin_statements_and_commit_are_one_trip(marks: None, trips: list[int]) -> None:
    with sql.transaction():
        mark(1, 1)
        mark(2, 2)
    assert len(trips) == 1
    assert marked() == [1, 2]


def test_each_answer_that_is_waited_for_is_one_trip_more(marks: None, trips: list[int]) -> None:
    with sql.transaction():
        mark(1, 1)
        assert marked() == [1]
        mark(2, 2)
    assert len(trips) == 2


def test_a_refusal_takes_everything_back(marks: None) -> None:
    with suppress(Broke), sql.transaction():
        mark(1, 1)
        assert marked() == [1]
        mark(2, 2)
        raise Broke
    assert marked() == []


def test_a_statement_that_fails_in_the_queue_takes_everything_back(marks: None) -> None:
    with pytest.raises(IntegrityError, match="mark_pkey"), sql.transaction():
        mark(1, 1)
        mark(1, 2)
        mark(3, 3)
    assert marked() == []


def test_what_fails_at_commit_is_told_and_nothing_is_kept(marks: None) -> None:
    with pytest.raises(IntegrityError, match="mark_late_key"), sql.transaction():
        mark(1, 1)
        mark(2, 1)
    assert marked() == []
    with sql.transaction():
        mark(4, 4)
    assert marked() == [4]


def test_inside_another_transaction_only_the_inner_part_is_taken_back(marks: None) -> None:
    with transaction.atomic():
        mark(1, 1)
        with pytest.raises(IntegrityError), sql.transaction():
            mark(2, 2)
            mark(2, 3)
        mark(5, 5)
    assert marked() == [1, 5]


def test_a_batch_inside_a_batch_changes_nothing(marks: None) -> None:
    with sql.transaction():
        with sql.pipelined():
            mark(1, 1)
        assert status() is TransactionStatus.IDLE
    assert marked() == [1]


def test_what_was_prepared_is_made_anew_after_a_part_was_taken_back(marks: None) -> None:
    """psycopg forgets its statements then; the server must forget them first, not later."""
    with sql.transaction():
        with suppress(Broke), transaction.atomic():
            mark(1, 1)
            assert marked() == [1]
            raise Broke
        assert marked() == []
        mark(2, 2)
        assert marked() == [2]
        mark(3, 3)
    assert marked() == [2, 3]
