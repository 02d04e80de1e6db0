"""Fifty tries at once on connections of their own: never one too many (RELIABILITY S3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import transaction

from tests.concurrency.conftest import crowd
from tresen.foundation import sql
from tresen.foundation.limits.taking import Limit, give_back, left, may_take

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("counts")]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRIES = 50
RESET = Limit(name="test password reset", max=3, window=timedelta(hours=1))
ACCOUNTS = Limit(name="test accounts", max=5, window=timedelta(hours=1))
LOOK_UP = Limit(name="test guest look-up", max=10, window=timedelta(minutes=10))
CODE = Limit(name="test sign-in code", max=1, window=timedelta(minutes=10))
COUPON = Limit(name="test coupon", max=7, window=None)


@pytest.fixture
def counts(shop: None) -> Iterator[None]:
    yield
    sql.run("DELETE FROM limits_count WHERE name LIKE 'test %%'")


def in_a_transaction(limit: Limit) -> bool:
    with transaction.atomic():
        return may_take(limit, key="one", now=NOON)


def at_once(limit: Limit) -> bool:
    return may_take(limit, key="one", now=NOON)


@pytest.mark.parametrize("take", [at_once, in_a_transaction])
@pytest.mark.parametrize(
    "limit", [RESET, ACCOUNTS, LOOK_UP, CODE, COUPON], ids=lambda limit: limit.name
)
def test_fifty_at_once_get_exactly_as_many_as_there_are(
    limit: Limit, take: Callable[[Limit], bool]
) -> None:
    served = crowd([lambda: take(limit)] * TRIES, workers=TRIES)

    assert (sum(served), len(served)) == (limit.max, TRIES)
    assert left(limit, key="one", now=NOON) == 0


def test_what_is_given_back_by_many_is_given_back_as_often_as_it_was_taken() -> None:
    for _ in range(COUPON.max):
        at_once(COUPON)

    undone = crowd([lambda: give_back(COUPON, key="one")] * TRIES, workers=TRIES)

    assert sum(undone) == COUPON.max
    assert left(COUPON, key="one", now=NOON) == COUPON.max


@pytest.mark.parametrize("limit", [RESET, COUPON], ids=lambda limit: limit.name)
def test_the_control_who_reads_first_and_writes_later_oversteps(limit: Limit) -> None:
    at_once(limit)
    together = Barrier(TRIES)

    served = crowd([lambda: _naive(limit, together)] * TRIES, workers=TRIES)

    assert 1 + sum(served) > limit.max


def _naive(limit: Limit, together: Barrier) -> bool:
    """Read how many are left, think, then write: how it is not done."""
    free = left(limit, key="one", now=NOON)
    together.wait(timeout=30)
    if free < 1:
        return False
    sql.run(
        "UPDATE limits_count SET taken = taken + 1, takes = takes || %s::timestamptz"
        " WHERE name = %s",
        (NOON, limit.name),
    )
    return True
