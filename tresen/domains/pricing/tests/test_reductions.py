"""Announced reductions through the real database: shown only while they are true."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.pricing.commands import announce_reductions, end_reductions
from tresen.domains.pricing.models import Reduction
from tresen.domains.pricing.queries import list_reductions, prices
from tresen.domains.pricing.rules import NoReduction
from tresen.domains.pricing.tests.make import day, euro, market, price, price_list
from tresen.domains.pricing.types import Audience, ReductionKind
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money


@pytest.fixture(autouse=True)
def _market(db: None) -> None:
    market()
    price_list()


def shown(variant_id: UUID, *, at: datetime) -> tuple[Money, Money | None]:
    found = prices([(variant_id, 1)], market="de", at=at)[variant_id]
    return found.amount, found.reference


def announced(
    *variant_ids: UUID, at: datetime, kind: ReductionKind = ReductionKind.GENERAL
) -> None:
    announce_reductions(variant_ids=variant_ids, market="de", now=at, actor=SYSTEM, kind=kind)


def story(*steps: tuple[int, int, str]) -> UUID:
    variant_id = new_id()
    for month, of_month, amount in steps:
        price(variant_id, amount, at=day(month, of_month))
    return variant_id


def test_a_lower_price_alone_announces_nothing() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "80.00"))

    assert shown(variant_id, at=day(11, 2)) == (euro("80.00"), None)


def test_an_announced_reduction_names_the_lowest_price() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "80.00"))

    announced(variant_id, at=day(11, 1, hour=6))

    assert shown(variant_id, at=day(11, 2)) == (euro("80.00"), euro("100.00"))


def test_what_is_no_reduction_is_refused_and_none_of_the_others_is_announced() -> None:
    good = story((9, 1, "100.00"), (11, 15, "80.00"))
    bad = story((11, 1, "4.44"), (11, 8, "6.99"), (11, 15, "4.44"))

    with pytest.raises(NoReduction) as refused:
        announced(good, bad, at=day(11, 15))

    assert (refused.value.variant_id, refused.value.reference) == (bad, euro("4.44"))
    assert shown(good, at=day(11, 15)) == (euro("80.00"), None)


def test_something_never_priced_is_refused() -> None:
    with pytest.raises(NoReduction):
        announced(new_id(), at=day(11, 15))


def test_further_steps_keep_the_price_before_the_first() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "90.00"))
    announced(variant_id, at=day(11, 1))

    price(variant_id, "80.00", at=day(11, 10))
    announced(variant_id, at=day(11, 10))
    second = shown(variant_id, at=day(11, 10))
    price(variant_id, "70.00", at=day(12, 20))
    third = shown(variant_id, at=day(12, 20))

    assert second == (euro("80.00"), euro("100.00"))
    assert third == (euro("70.00"), euro("100.00"))
    assert Reduction.objects.count() == 1


def test_a_rise_ends_the_reduction_and_a_later_one_starts_anew() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "90.00"))
    announced(variant_id, at=day(11, 1))

    price(variant_id, "100.00", at=day(11, 10))
    price(variant_id, "70.00", at=day(11, 12))
    silent = shown(variant_id, at=day(11, 12))
    announced(variant_id, at=day(11, 12, hour=1))

    assert silent == (euro("70.00"), None)
    assert shown(variant_id, at=day(11, 12, hour=2)) == (euro("70.00"), euro("90.00"))


def test_a_rise_that_stays_below_the_old_price_ends_it_too() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "70.00"))
    announced(variant_id, at=day(11, 1))

    price(variant_id, "75.00", at=day(11, 10))

    assert shown(variant_id, at=day(11, 10)) == (euro("75.00"), None)


def test_a_planned_offer_is_reduced_for_its_days_only() -> None:
    variant_id = story((9, 1, "100.00"))
    price(variant_id, "90.00", at=day(9, 2), valid_from=day(11, 1), valid_to=day(11, 10))
    price(variant_id, "70.00", at=day(9, 2), valid_from=day(11, 12), valid_to=day(11, 20))

    announced(variant_id, at=day(11, 1))

    assert shown(variant_id, at=day(11, 5)) == (euro("90.00"), euro("100.00"))
    assert shown(variant_id, at=day(11, 11)) == (euro("100.00"), None)
    assert shown(variant_id, at=day(11, 13)) == (euro("70.00"), None)


def test_history_is_kept_per_market() -> None:
    variant_id = story((9, 1, "100.00"), (11, 15, "80.00"))
    market("at")
    price_list("wien", of="at")
    price(variant_id, "60.00", at=day(11, 1), list_code="wien")

    announced(variant_id, at=day(11, 15))

    assert shown(variant_id, at=day(11, 16)) == (euro("80.00"), euro("100.00"))


def test_prices_for_businesses_and_steps_do_not_count() -> None:
    variant_id = story((9, 1, "100.00"))
    price_list("trade", priority=3, audience=Audience.BUSINESS)
    price(variant_id, "50.00", at=day(11, 2), list_code="trade")
    price(variant_id, "60.00", at=day(11, 2), min_quantity=10)
    price(variant_id, "80.00", at=day(11, 15))

    announced(variant_id, at=day(11, 15))

    assert shown(variant_id, at=day(11, 16)) == (euro("80.00"), euro("100.00"))
    ten = prices([(variant_id, 10)], market="de", at=day(11, 16))[variant_id]
    assert (ten.amount, ten.reference) == (euro("60.00"), None)


def test_an_ended_reduction_is_shown_no_more() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "80.00"))
    announced(variant_id, at=day(11, 1))

    end_reductions(variant_ids=[variant_id], market="de", now=day(11, 5))

    assert shown(variant_id, at=day(11, 5)) == (euro("80.00"), None)
    assert list_reductions([variant_id], market="de", at=day(11, 5)) == []


def test_the_database_keeps_one_reduction_at_a_time() -> None:
    variant_id = story((9, 1, "100.00"), (11, 1, "80.00"))
    announced(variant_id, at=day(11, 1))
    (row,) = Reduction.objects.filter(variant_id=variant_id)
    row.pk = None

    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        row.save(force_insert=True)
