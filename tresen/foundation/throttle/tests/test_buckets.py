"""Buckets give what they hold and not one more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tresen.foundation import sql
from tresen.foundation.throttle.buckets import (
    Bucket,
    Draw,
    draw,
    forget_full,
    give_back,
    level_of,
    queue_up,
    take_once,
    wait_for,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRIES = Bucket(name="tries", size=5, refill=timedelta(minutes=1))


def took(
    bucket: Bucket = TRIES, *, key: str = "frieda", cost: float = 1, at: datetime = NOON
) -> bool:
    return not draw([Draw(bucket=bucket, key=key, cost=cost)], now=at)


@pytest.mark.django_db
def test_a_bucket_is_emptied_and_fills_again() -> None:
    assert [took() for _ in range(7)] == [True] * 5 + [False] * 2
    assert wait_for(Draw(bucket=TRIES, key="frieda"), now=NOON) == timedelta(minutes=1)

    later = NOON + timedelta(minutes=2)
    assert [took(at=later) for _ in range(3)] == [True, True, False]
    assert took(key="hinnerk")


@pytest.mark.django_db
def test_what_costs_more_takes_more() -> None:
    assert took(cost=4)
    assert level_of(TRIES, key="frieda", now=NOON) == pytest.approx(1)
    assert [took(cost=2), took(cost=1), took(cost=1)] == [False, True, False]


@pytest.mark.django_db
def test_several_are_asked_in_one_statement_and_each_answers_for_itself() -> None:
    small = Bucket(name="small", size=1, refill=timedelta(hours=1))
    both = [Draw(bucket=TRIES, key="a"), Draw(bucket=small, key="b")]

    assert draw(both, now=NOON) == ()
    assert draw(both, now=NOON) == (both[1],)
    assert level_of(TRIES, key="a", now=NOON) == pytest.approx(3)


@pytest.mark.django_db
def test_what_is_given_back_can_be_taken_again() -> None:
    wanted = Draw(bucket=TRIES, key="frieda", cost=5)
    assert draw([wanted], now=NOON) == ()
    assert draw([wanted], now=NOON) == (wanted,)
    give_back([wanted])
    assert draw([wanted], now=NOON) == ()


@pytest.mark.django_db
def test_once_is_once_until_it_is_forgotten() -> None:
    span = timedelta(seconds=90)
    assert [take_once(name="code", key="1", lasts=span, now=NOON) for _ in range(3)] == [
        True,
        False,
        False,
    ]
    assert take_once(name="code", key="1", lasts=span, now=NOON + span)


@pytest.mark.django_db
def test_a_queue_moves_on_and_is_never_longer_than_its_lane() -> None:
    lane = Bucket(name="lane", size=5, refill=timedelta(seconds=2))
    turns = [(queue_up(lane, key="all", now=NOON) - NOON).total_seconds() for _ in range(7)]
    assert turns == [2, 4, 6, 8, 10, 10, 10]


@pytest.mark.django_db
def test_full_buckets_are_forgotten() -> None:
    took()
    took(key="hinnerk", cost=5)

    assert forget_full(now=NOON + timedelta(minutes=3), most=100) == 1
    assert sql.rows("SELECT count(*) FROM throttle_bucket") == [(1,)]


@pytest.mark.django_db
def test_the_table_names_nobody_and_is_not_in_the_log() -> None:
    took(key="frieda@tide.example")
    ((row, kind),) = sql.rows(
        "SELECT b::text, c.relpersistence::text FROM throttle_bucket b, pg_class c"
        " WHERE c.relname = 'throttle_bucket'"
    )
    assert "frieda" not in str(row)
    assert kind == "u"
