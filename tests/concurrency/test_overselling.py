"""200 buyers, 50 pieces: exactly 50 are sold. Without the guards more are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.concurrency.conftest import crowd
from tresen.domains.inventory.queries import find_drift
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.tests.make import LAGER, NOON, hold, numbers, order, stocked
from tresen.foundation import sql
from tresen.foundation.ids import new_id

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("shop")]

BUYERS, PIECES, WORKERS = 200, 50, 40
NEVER_OVERSOLD = "inventory_level_never_oversold"


def orders(variant_id: UUID, quantity: int = 1) -> bool:
    """One buyer orders at once. Says whether there was enough."""
    try:
        with transaction.atomic():
            order((variant_id, quantity))
    except OutOfStock:
        return False
    return True


def holds_and_orders(variant_id: UUID) -> bool:
    """One buyer goes through checkout: first a hold, then the order."""
    cart_id = new_id()
    try:
        with transaction.atomic():
            hold(cart_id, (variant_id, 1))
        with transaction.atomic():
            order((variant_id, 1), cart_id=cart_id)
    except OutOfStock:
        return False
    return True


@pytest.mark.parametrize("shards", [1, 16])
@pytest.mark.parametrize("buy", [orders, holds_and_orders])
def test_exactly_as_many_are_sold_as_there_are(buy: Callable[[UUID], bool], shards: int) -> None:
    with transaction.atomic():
        variant_id = stocked(lager=PIECES, shards=shards)

    served = crowd([lambda: buy(variant_id)] * BUYERS, workers=WORKERS)

    assert (sum(served), len(served)) == (PIECES, BUYERS)
    assert numbers(variant_id) == {LAGER: (PIECES, PIECES, 0)}
    assert find_drift() == []


@pytest.mark.parametrize("shards", [1, 16])
def test_the_last_pieces_of_all_shards_and_places_are_found(shards: int) -> None:
    with transaction.atomic():
        variant_id = stocked(lager=20, altona=17, eimsbuettel=14, shards=shards)

    served = crowd([lambda: orders(variant_id, 3)] * 60, workers=20)

    assert sum(served) == 17, "51 pieces are 17 orders of 3"
    assert find_drift() == []


def test_the_control_a_buyer_who_reads_first_and_writes_later_oversells() -> None:
    """The same crowd against a naive purchase, and no CHECK in the database."""
    with transaction.atomic():
        variant_id = stocked(lager=PIECES)
    together = Barrier(WORKERS)

    with _without_the_check():
        served = crowd([lambda: _naive(variant_id, together)] * BUYERS, workers=WORKERS)

        assert sum(served) > PIECES
        assert numbers(variant_id)[LAGER][1] > PIECES
        with connection.cursor() as cursor:
            cursor.execute("UPDATE inventory_level SET allocated = 0")


def test_the_database_alone_already_refuses_what_the_naive_buyer_does() -> None:
    with transaction.atomic():
        variant_id = stocked(lager=PIECES)
    together = Barrier(WORKERS)

    served = crowd([lambda: _naive(variant_id, together)] * BUYERS, workers=WORKERS)

    assert sum(served) == PIECES
    assert numbers(variant_id) == {LAGER: (PIECES, PIECES, 0)}


def _naive(variant_id: UUID, together: Barrier) -> bool:
    """Read what is free, think, then write: how it is not done."""
    with transaction.atomic():
        ((level_id, free),) = sql.rows(
            "SELECT id, on_hand - allocated - reserved FROM inventory_level WHERE variant_id = %s",
            (variant_id,),
        )
        together.wait(timeout=30)
        if int(str(free)) < 1:
            return False
    try:
        with transaction.atomic():
            sql.run(
                "UPDATE inventory_level SET allocated = allocated + 1 WHERE id = %s", (level_id,)
            )
            sql.run(
                "INSERT INTO inventory_allocation (order_id, level_id, quantity, made_at)"
                " VALUES (%s, %s, 1, %s)",
                (new_id(), level_id, NOON),
            )
    except IntegrityError as error:
        if sql.constraint_of(error) != NEVER_OVERSOLD:
            raise
        return False
    return True


@contextmanager
def _without_the_check() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            [NEVER_OVERSOLD],
        )
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE inventory_level DROP CONSTRAINT {NEVER_OVERSOLD}")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE inventory_hold, inventory_allocation, inventory_level")
            cursor.execute(
                f"ALTER TABLE inventory_level ADD CONSTRAINT {NEVER_OVERSOLD} {definition}"
            )
