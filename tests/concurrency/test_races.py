"""Holds that end while somebody buys, carts that cross, articles that are spread meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import OperationalError, transaction

from tests.concurrency.conftest import crowd
from tresen.domains.inventory.commands import release_expired, release_hold, spread_level
from tresen.domains.inventory.queries import find_drift
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.tests.make import (
    LAGER,
    LATER,
    NOON,
    hold,
    numbers,
    order,
    stocked,
)
from tresen.foundation import sql
from tresen.foundation.ids import new_id

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("shop")]


def bought(*needs: tuple[UUID, int], cart_id: UUID | None = None, now: datetime = NOON) -> int:
    try:
        with transaction.atomic():
            order(*needs, cart_id=cart_id, now=now)
    except OutOfStock:
        return 0
    return 1


@pytest.mark.parametrize("shards", [1, 4])
def test_the_last_piece_goes_to_one_whoever_comes_when_a_hold_ends(shards: int) -> None:
    """Owner, stranger and sweeper meet at the very end of a hold, many times over."""
    rounds = []
    for _ in range(12):
        cart_id = new_id()
        with transaction.atomic():
            variant_id = stocked(lager=1, shards=shards)
            hold(cart_id, (variant_id, 1))
        rounds.append((variant_id, cart_id))

    sold = crowd(
        [
            act
            for variant_id, cart_id in rounds
            for act in (
                _buying(variant_id, cart_id, LATER - timedelta(milliseconds=1)),
                _buying(variant_id, None, LATER + timedelta(milliseconds=1)),
                _sweeping,
            )
        ],
        workers=12,
    )

    assert sum(sold) == len(rounds), "each last piece is sold once, and none is left over"
    assert all(numbers(variant_id) == {LAGER: (1, 1, 0)} for variant_id, _ in rounds)
    assert find_drift() == []


@pytest.mark.parametrize("shards", [1, 4])
def test_carts_with_the_same_articles_the_other_way_round_never_block_each_other(
    shards: int,
) -> None:
    with transaction.atomic():
        first, second, third = (stocked(lager=60, altona=60, shards=shards) for _ in range(3))
    ways = [
        [(first, 1), (second, 2), (third, 1)],
        [(third, 1), (second, 2), (first, 1)],
        [(second, 1), (first, 2)],
    ]

    sold = crowd([partial(_through_checkout, way) for way in ways for _ in range(20)], workers=30)

    assert sum(sold) == 60
    assert [numbers(v)[LAGER][1] + numbers(v)["altona"][1] for v in (first, second, third)] == [
        80, 100, 40,
    ]  # fmt: skip
    assert find_drift() == []


def test_the_control_rows_locked_in_the_carts_order_do_block_each_other() -> None:
    with transaction.atomic():
        first, second = stocked(lager=9), stocked(lager=9)
    together = Barrier(2)

    outcomes = crowd(
        [lambda: _locks(first, second, together), lambda: _locks(second, first, together)],
        workers=2,
    )

    assert sorted(outcomes) == [False, True]


def test_hot_articles_that_run_out_under_changing_carts_stay_exact() -> None:
    """Carts hold, hold more, let go and order two hot articles that are nearly gone."""
    with transaction.atomic():
        hot, hotter = stocked(lager=40, shards=8), stocked(lager=30, altona=10, shards=5)

    def wavers(place: int) -> int:
        cart_id = new_id()
        few, many = [(hot, 1), (hotter, 1)], [(hotter, 2), (hot, 2)]
        try:
            with transaction.atomic():
                hold(cart_id, *(few if place % 2 else many))
            with transaction.atomic():
                hold(cart_id, *(many if place % 2 else few))
            if place % 5 == 0:
                with transaction.atomic():
                    release_hold(cart_id=cart_id, now=NOON)
                return 0
            with transaction.atomic():
                order(*few, cart_id=cart_id)
        except OutOfStock:
            with transaction.atomic():
                release_hold(cart_id=cart_id, now=NOON)
            return 0
        return 1

    sold = sum(crowd([partial(wavers, place) for place in range(80)], workers=20))

    assert numbers(hot)[LAGER] == (40, sold, 0)
    assert sum(allocated for _, allocated, _ in numbers(hotter).values()) == sold
    assert bought((hot, 40 - sold)) == 1, "what nobody kept can still be bought"
    assert find_drift() == []


def test_spreading_and_gathering_while_people_buy_loses_nothing() -> None:
    with transaction.atomic():
        variant_id = stocked(lager=50)

    def spread(shards: int) -> int:
        with transaction.atomic():
            spread_level(variant_id=variant_id, location_code=LAGER, shards=shards)
        return 0

    buyers: list[Callable[[], int]] = [lambda: bought((variant_id, 1))] * 70
    for place, shards in ((10, 8), (30, 1), (50, 16)):
        buyers.insert(place, partial(spread, shards))

    sold = crowd(buyers, workers=12)

    assert sum(sold) == 50
    assert numbers(variant_id) == {LAGER: (50, 50, 0)}
    assert find_drift() == []


def _buying(variant_id: UUID, cart_id: UUID | None, now: datetime) -> Callable[[], int]:
    return lambda: bought((variant_id, 1), cart_id=cart_id, now=now)


def _sweeping() -> int:
    with transaction.atomic():
        release_expired(now=LATER + timedelta(milliseconds=1), limit=3)
    return 0


def _through_checkout(way: list[tuple[UUID, int]]) -> int:
    cart_id = new_id()
    with transaction.atomic():
        hold(cart_id, *way)
    with transaction.atomic():
        order(*way, cart_id=cart_id)
    return 1


def _locks(first: UUID, second: UUID, together: Barrier) -> bool:
    """Take two rows one after the other, the way a cart happens to name them."""
    lock = "SELECT id FROM inventory_level WHERE variant_id = %s FOR NO KEY UPDATE"
    try:
        with transaction.atomic():
            sql.rows(lock, (first,))
            together.wait(timeout=30)
            sql.rows(lock, (second,))
    except OperationalError as error:
        if "deadlock" not in str(error):
            raise
        return False
    return True
