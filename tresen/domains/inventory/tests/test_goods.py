"""Goods that arrive, move, are counted, leave and come back, and what the ledger says."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.inventory.commands import (
    NotAllocated,
    NotShipped,
    StockPromised,
    correct_stock,
    move_stock,
    receive_stock,
    return_stock,
    spread_level,
)
from tresen.domains.inventory.models import Level, Movement
from tresen.domains.inventory.queries import (
    NoSuchLocation,
    find_drift,
    list_allocations,
    list_movements,
    stock_of,
)
from tresen.domains.inventory.rules import BadStockQuantity, OutOfStock
from tresen.domains.inventory.tests.make import (
    ALTONA,
    LAGER,
    LATER,
    NOON,
    hold,
    numbers,
    order,
    places,
    ship,
    stocked,
)
from tresen.domains.inventory.types import Allocated, Count, Need, Reason
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id
from tresen.foundation.journal.models import Fact

AFTER = LATER + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    places()


def test_goods_that_arrive_are_there_and_in_the_ledger() -> None:
    variant_id = stocked(lager=7)

    assert numbers(variant_id) == {LAGER: (7, 0, 0)}
    (line,) = list_movements(variant_id)
    assert (line.from_code, line.to_code, line.quantity) == ("supplier", LAGER, 7)
    assert (line.reason, line.actor, line.moved_at) == (Reason.RECEIPT, "system", NOON)


def test_shipping_takes_from_the_shelf_and_writes_where_it_went() -> None:
    variant_id, order_id = stocked(lager=5), new_id()
    order((variant_id, 3), order_id=order_id)

    ship(order_id, (variant_id, 2))

    assert numbers(variant_id) == {LAGER: (3, 1, 0)}
    line = list_movements(variant_id)[0]
    assert (line.from_code, line.to_code, line.quantity) == (LAGER, "customer", 2)
    assert (line.reason, line.cause.kind, line.cause.id) == (Reason.SALE, "order", order_id)
    assert list_allocations(order_id) == [Allocated(variant_id, LAGER, 1)]


def test_more_than_is_kept_cannot_be_shipped() -> None:
    variant_id, order_id = stocked(lager=5), new_id()
    order((variant_id, 2), order_id=order_id)
    ship(order_id, (variant_id, 1))

    with pytest.raises(NotAllocated) as refused, transaction.atomic():
        ship(order_id, (variant_id, 2))

    assert refused.value.available == 1
    assert numbers(variant_id) == {LAGER: (4, 1, 0)}


def test_goods_come_back_to_where_they_are_put_but_only_once() -> None:
    variant_id, order_id = stocked(lager=5), new_id()
    order((variant_id, 2), order_id=order_id)
    ship(order_id, (variant_id, 2))

    come_back(order_id, (variant_id, 2))
    with pytest.raises(NotShipped) as refused, transaction.atomic():
        come_back(order_id, (variant_id, 1))

    assert refused.value.shipped == 0
    assert numbers(variant_id) == {ALTONA: (2, 0, 0), LAGER: (3, 0, 0)}
    assert find_drift() == []


def test_goods_move_between_locations_as_far_as_they_are_free() -> None:
    variant_id = stocked(lager=5)
    order((variant_id, 2))

    move(variant_id, 3)
    with pytest.raises(OutOfStock) as refused, transaction.atomic():
        move(variant_id, 1)

    assert refused.value.available == 0
    assert numbers(variant_id) == {ALTONA: (3, 0, 0), LAGER: (2, 2, 0)}


@pytest.mark.parametrize(
    ("counted", "moved"), [(3, ("lager", "loss", 2)), (8, ("loss", "lager", 3))]
)
def test_a_count_writes_the_difference_to_loss(counted: int, moved: tuple[str, str, int]) -> None:
    variant_id = stocked(lager=5)

    count(variant_id, counted)

    line = list_movements(variant_id)[0]
    assert (line.from_code, line.to_code, line.quantity) == moved
    assert line.reason is Reason.COUNT
    assert numbers(variant_id) == {LAGER: (counted, 0, 0)}


def test_a_count_that_agrees_writes_nothing() -> None:
    variant_id = stocked(lager=5)
    before = Fact.objects.count()

    count(variant_id, 5)

    assert len(list_movements(variant_id)) == 1
    assert Fact.objects.count() == before


def test_a_count_below_what_is_promised_is_refused_after_sweeping() -> None:
    variant_id = stocked(lager=5)
    hold(new_id(), (variant_id, 2))
    order((variant_id, 2))

    with pytest.raises(StockPromised) as refused:
        count(variant_id, 1, now=AFTER)
    count(variant_id, 2, now=AFTER)

    assert refused.value.promised == 2
    assert numbers(variant_id) == {LAGER: (2, 2, 0)}


def test_gathering_a_spread_article_leaves_claims_where_they_are() -> None:
    variant_id, order_id = stocked(lager=10, shards=4), new_id()
    order((variant_id, 2), order_id=order_id)

    spread_level(variant_id=variant_id, location_code=LAGER, shards=1)
    ship(order_id, (variant_id, 2))

    (row,) = stock_of(variant_id)
    assert (row.on_hand, row.allocated, row.shards) == (8, 0, 1)
    assert order((variant_id, 8)) == [Allocated(variant_id, LAGER, 8)]


def test_what_arrives_for_a_spread_article_is_spread() -> None:
    variant_id = stocked(lager=4, shards=4)

    receive_stock(needs=[Need(variant_id, 6)], location_code=LAGER, now=NOON, actor=SYSTEM)

    levels = Level.objects.filter(variant_id=variant_id).order_by("shard")
    assert list(levels.values_list("shard", "on_hand")) == [(0, 0), (1, 3), (2, 3), (3, 2), (4, 2)]


def test_goods_cannot_lie_at_a_supplier_or_nowhere() -> None:
    for code in ("supplier", "nowhere"):
        with pytest.raises(NoSuchLocation):
            receive_stock(needs=[Need(new_id(), 1)], location_code=code, now=NOON, actor=SYSTEM)
    with pytest.raises(BadStockQuantity):
        receive_stock(needs=[Need(new_id(), 0)], location_code=LAGER, now=NOON, actor=SYSTEM)


def test_the_ledger_cannot_be_rewritten() -> None:
    variant_id = stocked(lager=1)

    lines = Movement.objects.filter(variant_id=variant_id)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        lines.update(quantity=9)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        lines.delete()

    assert [line.quantity for line in list_movements(variant_id)] == [1]


def test_a_level_that_somebody_meddled_with_is_found() -> None:
    variant_id = stocked(lager=5)

    Level.objects.filter(variant_id=variant_id).update(on_hand=6)

    (drift,) = find_drift()
    assert (drift.variant_id, drift.on_hand, drift.moved) == (variant_id, 6, 5)


def come_back(order_id: UUID, *needs: tuple[UUID, int]) -> None:
    return_stock(
        order_id=order_id,
        needs=[Need(variant_id, quantity) for variant_id, quantity in needs],
        location_code=ALTONA,
        now=NOON,
        actor=SYSTEM,
    )


def move(variant_id: UUID, quantity: int) -> None:
    move_stock(
        needs=[Need(variant_id, quantity)],
        from_code=LAGER,
        to_code=ALTONA,
        now=NOON,
        actor=SYSTEM,
    )


def count(variant_id: UUID, on_hand: int, now: datetime = NOON) -> None:
    correct_stock(counts=[Count(variant_id, on_hand)], location_code=LAGER, now=now, actor=SYSTEM)
