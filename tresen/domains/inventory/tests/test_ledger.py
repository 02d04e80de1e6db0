"""Whatever is done in whatever order: the levels are what the ledgers say, and nobody oversells.

A machine of random steps runs against the database beside a model that only counts totals.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tresen.domains.inventory.commands import (
    StockPromised,
    correct_stock,
    deallocate_stock,
    hold_stock,
    move_stock,
    receive_stock,
    release_expired,
    release_hold,
    return_stock,
    ship_stock,
    spread_level,
)
from tresen.domains.inventory.queries import (
    ask_availability,
    find_drift,
    list_allocations,
    list_claims,
    stock_of,
)
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.tests.make import ALTONA, LAGER, NOON, PLACES, order, places
from tresen.domains.inventory.types import Count, Need
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id

FEW = st.integers(1, 6)
SHOPS = st.sampled_from(PLACES)
CARTS = st.integers(0, 2)


class Stock(RuleBasedStateMachine):
    """One article, three places, three carts, a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.on_hand = 0
        self.held: dict[int, tuple[int, datetime]] = {}
        self.orders: dict[UUID, int] = {}
        self.shipped: dict[UUID, int] = {}

    @initialize(pieces=st.integers(1, 12), place=SHOPS)
    def open(self, pieces: int, place: str) -> None:
        self.variant_id = new_id()
        self.carts = [new_id() for _ in range(3)]
        self.receive(pieces, place)

    @rule(pieces=FEW, place=SHOPS)
    def receive(self, pieces: int, place: str) -> None:
        receive_stock(needs=self._need(pieces), location_code=place, now=self.now, actor=SYSTEM)
        self.on_hand += pieces

    @rule(cart=CARTS, pieces=FEW, minutes=st.integers(1, 20))
    def hold(self, cart: int, pieces: int, minutes: int) -> None:
        enough = pieces <= self._available(cart)
        until = self.now + timedelta(minutes=minutes)
        with _refused(unless=enough):
            hold_stock(
                cart_id=self.carts[cart],
                needs=self._need(pieces),
                locations=PLACES,
                until=until,
                now=self.now,
            )
        if enough:
            self.held[cart] = (pieces, until)

    @rule(cart=st.none() | CARTS, pieces=FEW)
    def buy(self, cart: int | None, pieces: int) -> None:
        enough, order_id = pieces <= self._available(cart), new_id()
        cart_id = None if cart is None else self.carts[cart]
        with _refused(unless=enough):
            order((self.variant_id, pieces), order_id=order_id, cart_id=cart_id, now=self.now)
        if enough:
            self.orders[order_id] = pieces
            self.held.pop(-1 if cart is None else cart, None)

    @rule(cart=CARTS)
    def let_go(self, cart: int) -> None:
        release_hold(cart_id=self.carts[cart], now=self.now)
        self.held.pop(cart, None)

    @rule(minutes=st.integers(1, 15))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        release_expired(now=self.now)

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        order_id = data.draw(st.sampled_from(sorted(self.orders)))
        deallocate_stock(order_id=order_id, now=self.now)
        del self.orders[order_id]

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def ship(self, data: st.DataObject) -> None:
        order_id = data.draw(st.sampled_from(sorted(self.orders)))
        kept = data.draw(st.sampled_from(list_allocations(order_id)))
        pieces = data.draw(st.integers(1, kept.quantity))
        ship_stock(
            order_id=order_id,
            needs=self._need(pieces),
            location_code=kept.location_code,
            now=self.now,
            actor=SYSTEM,
        )
        self.on_hand -= pieces
        self.shipped[order_id] = self.shipped.get(order_id, 0) + pieces
        self.orders[order_id] -= pieces
        if not self.orders[order_id]:
            del self.orders[order_id]

    @precondition(lambda self: self.shipped)
    @rule(data=st.data(), place=SHOPS)
    def come_back(self, data: st.DataObject, place: str) -> None:
        order_id = data.draw(st.sampled_from(sorted(self.shipped)))
        return_stock(
            order_id=order_id,
            needs=self._need(self.shipped[order_id]),
            location_code=place,
            now=self.now,
            actor=SYSTEM,
        )
        self.on_hand += self.shipped.pop(order_id)

    @rule(pieces=FEW)
    def move(self, pieces: int) -> None:
        free = sum(row.available for row in stock_of(self.variant_id) if row.location_code == LAGER)
        with _refused(unless=pieces <= free):
            move_stock(
                needs=self._need(pieces),
                from_code=LAGER,
                to_code=ALTONA,
                now=self.now,
                actor=SYSTEM,
            )

    @rule(counted=st.integers(0, 12), place=SHOPS)
    def count(self, counted: int, place: str) -> None:
        before = sum(r.on_hand for r in stock_of(self.variant_id) if r.location_code == place)
        promised = sum(
            claim.quantity
            for claim in list_claims(self.variant_id)
            if claim.location_code == place and (claim.until is None or claim.until > self.now)
        )
        with nullcontext() if counted >= promised else pytest.raises(StockPromised):
            correct_stock(
                counts=[Count(self.variant_id, counted)],
                location_code=place,
                now=self.now,
                actor=SYSTEM,
            )
            self.on_hand += counted - before

    @rule(shards=st.sampled_from([1, 2, 5]), place=SHOPS)
    def spread(self, shards: int, place: str) -> None:
        spread_level(variant_id=self.variant_id, location_code=place, shards=shards)

    @invariant()
    def the_ledgers_agree(self) -> None:
        assert find_drift() == []

    @invariant()
    def the_totals_are_those_of_the_model(self) -> None:
        rows = stock_of(self.variant_id)
        assert sum(row.on_hand for row in rows) == self.on_hand
        assert sum(row.allocated for row in rows) == sum(self.orders.values())
        asked = ask_availability([self.variant_id], locations=None, now=self.now)
        assert asked.answer() == {self.variant_id: self._available(None)}

    def _available(self, cart: int | None) -> int:
        others = sum(
            pieces
            for each, (pieces, until) in self.held.items()
            if each != cart and until > self.now
        )
        return self.on_hand - sum(self.orders.values()) - others

    def _need(self, pieces: int) -> list[Need]:
        return [Need(self.variant_id, pieces)]


def _refused(*, unless: bool) -> AbstractContextManager[object]:
    """Exactly OutOfStock comes out of the block, unless there is enough."""
    return nullcontext() if unless else pytest.raises(OutOfStock)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_levels_are_what_the_ledgers_say_whatever_is_done() -> None:
    places()

    run_state_machine_as_test(
        Stock,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
