"""From where an order is served: pure decisions."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.inventory.rules import (
    BadStockQuantity,
    OutOfStock,
    allocated_of,
    is_just_what_was_held,
    merged,
    plan,
    spread_evenly,
)
from tresen.domains.inventory.tests.make import ALTONA, EIMSBUETTEL, LAGER, PLACES, shelf
from tresen.domains.inventory.types import Allocated, Need, Shelf

A, B = UUID(int=1), UUID(int=2)


def test_the_first_location_that_has_everything_serves_everything() -> None:
    shelves = [
        shelf(A, LAGER, free=5),
        shelf(B, LAGER, free=0),
        shelf(A, ALTONA, free=1),
        shelf(B, ALTONA, free=1),
    ]

    parts = plan({A: 1, B: 1}, shelves=shelves, locations=PLACES)

    assert allocated_of(parts) == [Allocated(A, ALTONA, 1), Allocated(B, ALTONA, 1)]


def test_of_two_that_could_serve_the_earlier_one_does() -> None:
    shelves = [shelf(A, LAGER, free=9), shelf(A, ALTONA, free=9)]

    parts = plan({A: 2}, shelves=shelves, locations=[ALTONA, LAGER])

    assert allocated_of(parts) == [Allocated(A, ALTONA, 2)]


def test_without_a_single_location_the_fewest_help_out() -> None:
    shelves = [
        shelf(A, LAGER, free=1),
        shelf(A, ALTONA, free=3),
        shelf(A, EIMSBUETTEL, free=2),
    ]

    parts = plan({A: 5}, shelves=shelves, locations=PLACES)

    assert allocated_of(parts) == [Allocated(A, ALTONA, 3), Allocated(A, EIMSBUETTEL, 2)]


def test_held_pieces_are_taken_before_free_ones() -> None:
    shelves = [
        shelf(A, LAGER, free=9, shard=1, level_id=1),
        shelf(A, LAGER, free=0, held=2, shard=2, level_id=2),
    ]

    parts = plan({A: 2}, shelves=shelves, locations=PLACES)

    assert [(part.level_id, part.quantity) for part in parts] == [(2, 2)]
    assert is_just_what_was_held(parts, shelves=shelves)


def test_fewer_than_were_held_is_not_just_what_was_held() -> None:
    shelves = [shelf(A, LAGER, free=0, held=2)]

    parts = plan({A: 1}, shelves=shelves, locations=PLACES)

    assert not is_just_what_was_held(parts, shelves=shelves)


def test_stock_at_a_location_that_is_not_asked_does_not_count() -> None:
    shelves = [shelf(A, LAGER, free=1, held=1), shelf(A, ALTONA, free=9)]

    with pytest.raises(OutOfStock) as refused:
        plan({A: 3}, shelves=shelves, locations=[LAGER])

    assert (refused.value.variant_id, refused.value.available) == (A, 2)
    assert str(refused.value) == "There are only 2 of this article left."


def test_lines_of_one_variant_are_one_need() -> None:
    assert merged([Need(B, 1), Need(A, 2), Need(B, 3)]) == {A: 2, B: 4}


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_that_is_none_is_refused(quantity: int) -> None:
    with pytest.raises(BadStockQuantity):
        merged([Need(A, quantity)])


SHELVES = st.lists(
    st.builds(
        lambda variant, code, free, held: shelf(variant, code, free=free, held=held),
        st.sampled_from([A, B]),
        st.sampled_from(PLACES),
        st.integers(0, 9),
        st.integers(0, 3),
    ),
    max_size=12,
).map(lambda found: [_numbered(place, each) for place, each in enumerate(found)])


@given(shelves=SHELVES, wanted=st.dictionaries(st.sampled_from([A, B]), st.integers(1, 20)))
def test_a_plan_takes_exactly_what_is_needed_or_says_what_is_there(
    shelves: list[Shelf], wanted: dict[UUID, int]
) -> None:
    there = {v: sum(s.reachable for s in shelves if s.variant_id == v) for v in wanted}

    if any(there[variant_id] < quantity for variant_id, quantity in wanted.items()):
        with pytest.raises(OutOfStock) as refused:
            plan(wanted, shelves=shelves, locations=PLACES)
        assert refused.value.available == there[refused.value.variant_id]
        return
    parts = plan(wanted, shelves=shelves, locations=PLACES)

    by_level = {each.level_id: each for each in shelves}
    assert {v: sum(p.quantity for p in parts if p.variant_id == v) for v in wanted} == wanted
    assert len({part.level_id for part in parts}) == len(parts)
    assert all(0 < part.quantity <= by_level[part.level_id].reachable for part in parts)


@given(quantity=st.integers(0, 10_000), over=st.integers(1, 64))
def test_shares_of_a_spread_differ_by_one_at_most(quantity: int, over: int) -> None:
    shares = spread_evenly(quantity, over=over)

    assert sum(shares) == quantity
    assert len(shares) == over
    assert max(shares) - min(shares) <= 1


def _numbered(place: int, each: Shelf) -> Shelf:
    return shelf(
        each.variant_id, each.location_code, free=each.free, held=each.held, level_id=place
    )
