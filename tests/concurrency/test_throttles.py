"""Buckets under fifty tries at once: never one too many (RELIABILITY S3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from tests.concurrency.conftest import crowd
from tresen.foundation import sql
from tresen.foundation.throttle.buckets import Bucket, Draw, draw, level_of, take_once

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("buckets")]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TRIES = 50
PASSWORDS = Bucket(name="test passwords", size=6, refill=timedelta(minutes=10))
HOUSE = Bucket(name="test house", size=20, refill=timedelta(seconds=6))


@pytest.fixture
def buckets(shop: None) -> Iterator[None]:
    sql.run("DELETE FROM throttle_bucket")
    yield
    sql.run("DELETE FROM throttle_bucket")


def test_fifty_at_once_get_exactly_what_the_bucket_holds() -> None:
    def take() -> bool:
        return not draw([Draw(bucket=PASSWORDS, key="frieda")], now=NOON)

    assert sum(crowd([take] * TRIES, workers=TRIES)) == PASSWORDS.size


def test_fifty_at_once_ask_two_buckets_and_neither_gives_too_much() -> None:
    wanted = [Draw(bucket=HOUSE, key="all"), Draw(bucket=PASSWORDS, key="frieda")]

    refused = crowd([lambda: draw(wanted, now=NOON)] * TRIES, workers=TRIES)

    counts = [sum(one not in gone for gone in refused) for one in wanted]
    assert counts == [HOUSE.size, PASSWORDS.size]


def test_of_fifty_with_the_same_code_one_is_first() -> None:
    def once() -> bool:
        return take_once(name="test code", key="123456", lasts=timedelta(seconds=90), now=NOON)

    assert sum(crowd([once] * TRIES, workers=TRIES)) == 1


def test_control_who_reads_first_and_writes_later_takes_too_much() -> None:
    together = Barrier(TRIES)

    def careless() -> bool:
        enough = level_of(PASSWORDS, key="frieda", now=NOON) >= 1
        together.wait(timeout=30)
        return enough

    assert sum(crowd([careless] * TRIES, workers=TRIES)) > PASSWORDS.size
