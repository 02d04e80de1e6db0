"""A window slides, an endless limit ends, and nobody reads from the table whose count it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tresen.foundation import sql
from tresen.foundation.limits.taking import (
    Limit,
    LimitReached,
    NoneLeft,
    forget,
    forget_ended,
    give_back,
    left,
    may_take,
    take_one,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRIES = Limit(name="tries", max=3, window=timedelta(minutes=10))
COUPON = Limit(name="coupon", max=2, window=None)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def taken_at(*minutes: float, key: str = "a") -> list[bool]:
    return [may_take(TRIES, key=key, now=after(minute)) for minute in minutes]


def test_in_any_span_of_the_window_there_are_at_most_so_many() -> None:
    assert taken_at(0, 4, 8) == [True, True, True]
    assert taken_at(9.9, 10, 10.1, 13.9, 14) == [False, True, False, False, True]


def test_a_refused_try_counts_for_nothing() -> None:
    taken_at(0, 0, 0, *[5] * 20)
    assert taken_at(10, 10, 10, 10) == [True, True, True, False]


def test_the_refusal_says_when_there_is_room_again() -> None:
    taken_at(0, 1, 2)
    with pytest.raises(LimitReached) as refused:
        take_one(TRIES, key="a", now=after(2.5), field="email")
    assert refused.value.again_at == after(10)
    assert (refused.value.field, refused.value.params) == ("email", {"minutes": 8})
    assert left(TRIES, key="a", now=after(2.5)) == 0


def test_each_key_and_each_limit_is_counted_by_itself() -> None:
    taken_at(0, 0, 0)
    assert taken_at(0, key="b") == [True]
    assert may_take(Limit(name="other", max=1, window=TRIES.window), key="a", now=NOON)


def test_a_limit_without_an_end_is_used_up_until_one_is_given_back() -> None:
    take_one(COUPON, key="X", now=NOON)
    take_one(COUPON, key="X", now=NOON)
    with pytest.raises(NoneLeft):
        take_one(COUPON, key="X", now=after(10**6))
    assert give_back(COUPON, key="X")
    assert left(COUPON, key="X", now=NOON) == 1
    take_one(COUPON, key="X", now=NOON)
    assert not may_take(COUPON, key="X", now=NOON)


def test_nothing_is_given_back_that_was_not_taken() -> None:
    assert not give_back(COUPON, key="X")
    take_one(COUPON, key="X", now=NOON)
    assert [give_back(COUPON, key="X"), give_back(COUPON, key="X")] == [True, False]
    taken_at(0, 1, 2)
    assert give_back(TRIES, key="a")
    assert taken_at(3, 3) == [True, False]


def test_what_is_not_done_in_the_end_takes_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take_one(COUPON, key="X", now=NOON)
        raise ZeroDivisionError
    assert left(COUPON, key="X", now=NOON) == 2


def test_a_smaller_and_a_larger_limit_hold_from_the_next_take_on() -> None:
    taken_at(0, 1, 2)
    fewer = Limit(name="tries", max=2, window=TRIES.window)
    more = Limit(name="tries", max=4, window=TRIES.window)
    assert not may_take(fewer, key="a", now=after(10.5)), "two lie within the last ten minutes"
    assert may_take(more, key="a", now=after(3))
    assert not may_take(more, key="a", now=after(3))


def test_somebody_who_proved_themselves_starts_anew() -> None:
    taken_at(0, 0, 0)
    forget([TRIES], key="a")
    assert left(TRIES, key="a", now=NOON) == 3


def test_counts_that_ended_are_forgotten_and_others_stay() -> None:
    taken_at(0)
    taken_at(5, key="b")
    take_one(COUPON, key="X", now=NOON)
    assert forget_ended(now=after(12), most=10) == 1
    assert sql.rows("SELECT count(*) FROM limits_count") == [(2,)]


def test_the_table_does_not_tell_whose_count_it_is() -> None:
    take_one(TRIES, key="erika@example.org", now=NOON)
    ((told,),) = sql.rows("SELECT c::text FROM limits_count c")
    assert "erika" not in str(told)
    assert b"erika".hex() not in str(told)
