"""Holds and allocations through the real database, read back through queries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.inventory.commands import (
    deallocate_stock,
    release_expired,
    release_hold,
)
from tresen.domains.inventory.models import Level
from tresen.domains.inventory.queries import (
    ask_availability,
    find_drift,
    list_allocations,
    list_claims,
    stock_of,
)
from tresen.domains.inventory.rules import OutOfStock
from tresen.domains.inventory.tests.make import (
    ALTONA,
    LAGER,
    LATER,
    NOON,
    hold,
    numbers,
    order,
    places,
    stocked,
)
from tresen.domains.inventory.types import Allocated
from tresen.foundation.ids import new_id
from tresen.foundation.journal.models import Fact

Counter = Callable[[int], AbstractContextManager[object]]
AFTER = LATER + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    places()


def available(
    variant_id: UUID,
    *,
    locations: list[str] | None = None,
    cart_id: UUID | None = None,
    now: datetime = NOON,
) -> int:
    asked = ask_availability([variant_id], locations=locations, cart_id=cart_id, now=now)
    return asked.answer()[variant_id]


def test_a_hold_takes_pieces_out_of_reach_until_it_ends() -> None:
    variant_id, cart_id = stocked(lager=5), new_id()

    hold(cart_id, (variant_id, 2))

    assert numbers(variant_id) == {LAGER: (5, 0, 2)}
    assert available(variant_id) == 3
    assert available(variant_id, cart_id=cart_id) == 5
    assert available(variant_id, now=AFTER) == 5
    assert available(variant_id, locations=[ALTONA]) == 0


def test_holding_again_replaces_what_was_held() -> None:
    first, second, cart_id = stocked(lager=5), stocked(altona=5), new_id()
    hold(cart_id, (first, 4))

    hold(cart_id, (first, 1), (second, 2))

    assert numbers(first) == {LAGER: (5, 0, 1)}
    assert numbers(second) == {ALTONA: (5, 0, 2)}
    assert find_drift() == []


def test_a_cart_may_hold_all_that_it_holds_already() -> None:
    variant_id, cart_id = stocked(lager=3), new_id()
    hold(cart_id, (variant_id, 3))

    hold(cart_id, (variant_id, 3), until=AFTER)

    (claim,) = list_claims(variant_id)
    assert (claim.quantity, claim.until, claim.cart_id) == (3, AFTER, cart_id)


def test_what_somebody_else_holds_is_refused_and_nothing_changes() -> None:
    variant_id, cart_id = stocked(lager=3), new_id()
    hold(new_id(), (variant_id, 2))
    before = numbers(variant_id), Fact.objects.count()

    with pytest.raises(OutOfStock) as refused:
        hold(cart_id, (variant_id, 2))

    assert (refused.value.variant_id, refused.value.available) == (variant_id, 1)
    assert (numbers(variant_id), Fact.objects.count()) == before


@pytest.mark.parametrize("shards", [1, 4])
def test_a_hold_that_has_ended_never_blocks_a_buyer(shards: int) -> None:
    variant_id = stocked(lager=3, shards=shards)
    hold(new_id(), (variant_id, 3))

    kept = order((variant_id, 3), now=AFTER)

    assert kept == [Allocated(variant_id, LAGER, 3)]
    assert numbers(variant_id) == {LAGER: (3, 3, 0)}
    assert find_drift() == []


def test_a_hold_that_has_not_ended_blocks() -> None:
    variant_id = stocked(lager=3)
    hold(new_id(), (variant_id, 3))

    with pytest.raises(OutOfStock):
        order((variant_id, 1), now=LATER - timedelta(seconds=1))


@pytest.mark.parametrize("shards", [1, 4])
def test_an_order_turns_its_carts_hold_into_an_allocation(shards: int) -> None:
    variant_id, cart_id, order_id = stocked(lager=9, shards=shards), new_id(), new_id()
    hold(cart_id, (variant_id, 2))
    told = Fact.objects.count()

    kept = order((variant_id, 2), order_id=order_id, cart_id=cart_id)

    assert kept == list_allocations(order_id) == [Allocated(variant_id, LAGER, 2)]
    assert numbers(variant_id) == {LAGER: (9, 2, 0)}
    assert Fact.objects.count() == told, "nothing on the shelf changed"


def test_an_order_takes_fresh_stock_for_what_is_not_held_and_gives_back_the_rest() -> None:
    held, fresh, dropped, cart_id = stocked(lager=5), stocked(lager=5), stocked(lager=5), new_id()
    hold(cart_id, (held, 1), (dropped, 2))

    order((held, 3), (fresh, 2), cart_id=cart_id)

    assert numbers(held) == {LAGER: (5, 3, 0)}
    assert numbers(fresh) == {LAGER: (5, 2, 0)}
    assert numbers(dropped) == {LAGER: (5, 0, 0)}


def test_an_owner_who_comes_late_still_gets_what_nobody_took() -> None:
    variant_id, cart_id = stocked(lager=2), new_id()
    hold(cart_id, (variant_id, 2))

    kept = order((variant_id, 2), cart_id=cart_id, now=AFTER)

    assert kept == [Allocated(variant_id, LAGER, 2)]
    assert find_drift() == []


def test_an_order_is_split_when_no_location_has_it_all() -> None:
    variant_id = stocked(lager=2, altona=3)

    kept = order((variant_id, 4))

    assert kept == [Allocated(variant_id, ALTONA, 3), Allocated(variant_id, LAGER, 1)]


def test_a_hold_elsewhere_is_given_back_when_the_delivery_changes() -> None:
    variant_id, cart_id = stocked(lager=1, altona=1), new_id()
    hold(cart_id, (variant_id, 1), locations=[LAGER])

    hold(cart_id, (variant_id, 1), locations=[ALTONA])

    assert numbers(variant_id) == {ALTONA: (1, 0, 1), LAGER: (1, 0, 0)}


def test_one_short_line_leaves_all_lines_untouched() -> None:
    plenty, scarce, cart_id = stocked(lager=9), stocked(lager=1), new_id()

    with pytest.raises(OutOfStock):
        order((plenty, 2), (scarce, 2), cart_id=cart_id)

    assert numbers(plenty) == {LAGER: (9, 0, 0)}
    assert numbers(scarce) == {LAGER: (1, 0, 0)}


def test_a_cancelled_order_gives_everything_back() -> None:
    variant_id, order_id = stocked(lager=5), new_id()
    order((variant_id, 3), order_id=order_id)

    deallocate_stock(order_id=order_id, now=NOON)
    deallocate_stock(order_id=order_id, now=NOON)

    assert numbers(variant_id) == {LAGER: (5, 0, 0)}
    assert list_allocations(order_id) == []


def test_releasing_gives_back_and_doing_so_twice_is_harmless() -> None:
    variant_id, cart_id = stocked(lager=5), new_id()
    hold(cart_id, (variant_id, 3))

    release_hold(cart_id=cart_id, now=NOON)
    release_hold(cart_id=cart_id, now=NOON)

    assert numbers(variant_id) == {LAGER: (5, 0, 0)}


def test_the_sweep_takes_what_has_expired_and_no_more_than_its_limit() -> None:
    variant_id = stocked(lager=9)
    for _ in range(3):
        hold(new_id(), (variant_id, 1))
    hold(new_id(), (variant_id, 1), until=AFTER)

    swept = [release_expired(now=LATER, limit=2), release_expired(now=LATER, limit=2)]

    assert swept == [2, 1]
    assert numbers(variant_id) == {LAGER: (9, 0, 1)}


def test_a_spread_article_shows_its_sum_and_sells_to_the_last_piece() -> None:
    variant_id = stocked(lager=10, shards=4)

    (row,) = stock_of(variant_id)
    kept = order((variant_id, 10))

    assert (row.on_hand, row.available, row.shards) == (10, 10, 4)
    assert kept == [Allocated(variant_id, LAGER, 10)]
    with pytest.raises(OutOfStock):
        order((variant_id, 1))
    assert find_drift() == []


def test_a_mixed_cart_of_ordinary_and_hot_articles_is_served() -> None:
    plain, hot, hotter = stocked(lager=5), stocked(lager=5, shards=2), stocked(altona=5, shards=3)
    cart_id = new_id()

    hold(cart_id, (plain, 1), (hot, 2), (hotter, 4))
    hold(cart_id, (plain, 2), (hot, 4), (hotter, 5))
    order((plain, 2), (hot, 4), (hotter, 5), cart_id=cart_id)

    assert numbers(plain) == {LAGER: (5, 2, 0)}
    assert numbers(hot) == {LAGER: (5, 4, 0)}
    assert numbers(hotter) == {ALTONA: (5, 5, 0)}
    assert find_drift() == []


def test_the_database_itself_refuses_to_oversell() -> None:
    variant_id = stocked(lager=1)

    with (
        pytest.raises(IntegrityError, match="inventory_level_never_oversold"),
        transaction.atomic(),
    ):
        Level.objects.filter(variant_id=variant_id).update(reserved=2)


def test_each_command_tells_once_which_variants_changed() -> None:
    variants = sorted(str(stocked(lager=5)) for _ in range(3))
    Fact.objects.all().delete()

    hold(new_id(), *((UUID(variant), 1) for variant in variants))

    (fact,) = Fact.objects.all()
    assert (fact.kind, fact.body) == ("StockChanged", {"variant_ids": variants})


@pytest.mark.parametrize("lines", [1, 20])
def test_the_hot_paths_keep_their_statements(
    lines: int, django_assert_num_queries: Counter
) -> None:
    needs = [(stocked(lager=9), 1) for _ in range(lines)]
    cart_id = new_id()

    with django_assert_num_queries(3):
        hold(cart_id, *needs)
    with django_assert_num_queries(2):
        order(*needs, cart_id=cart_id)
    with django_assert_num_queries(3):
        order(*needs)
    with django_assert_num_queries(1):
        ask_availability([variant_id for variant_id, _ in needs], locations=None).answer()
