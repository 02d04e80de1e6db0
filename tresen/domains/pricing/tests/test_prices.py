"""Prices through the real database: which one counts, and what the history keeps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.pricing.commands import (
    ListIsFixed,
    PriorityTaken,
    end_price_list,
    set_prices,
    withdraw_prices,
)
from tresen.domains.pricing.models import PriceChange
from tresen.domains.pricing.queries import (
    NoSuchPriceList,
    ask_prices,
    list_price_changes,
    list_price_lists,
    list_prices,
    prices,
)
from tresen.domains.pricing.rules import BadPrice, DuplicatePrice, WrongCurrency
from tresen.domains.pricing.tests.make import day, euro, market, price, price_list
from tresen.domains.pricing.types import Audience, NewPrice, PriceKey
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id
from tresen.foundation.journal.models import Fact
from tresen.foundation.money import Money

Counter = Callable[[int], AbstractContextManager[object]]
NOW = day(11, 21, hour=12)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _market(db: None) -> None:
    market()
    price_list()


def cost(
    variant_id: UUID, quantity: int = 1, *, at: datetime = NOW, of: str = "de"
) -> Money | None:
    found = prices([(variant_id, quantity)], market=of, at=at).get(variant_id)
    return found.amount if found else None


def test_a_variant_without_a_price_is_left_out() -> None:
    priced, other = new_id(), new_id()
    price(priced, "9.99", at=NOW)

    found = prices([(priced, 1), (other, 1)], market="de", at=NOW)

    assert {v: (p.amount, p.list_code, p.reference) for v, p in found.items()} == {
        priced: (euro("9.99"), "retail", None)
    }


def test_the_greatest_step_that_is_reached_counts() -> None:
    variant_id = new_id()
    for step, amount in ((1, "10.00"), (10, "9.00"), (50, "9.50")):
        price(variant_id, amount, at=NOW, min_quantity=step)

    found = [cost(variant_id, quantity) for quantity in (1, 9, 10, 49, 50)]

    assert found == [euro(a) for a in ("10.00", "10.00", "9.00", "9.00", "9.50")]


def test_an_offer_counts_within_its_days_only() -> None:
    variant_id = new_id()
    price(variant_id, "10.00", at=NOW)
    price(variant_id, "8.00", at=NOW, valid_from=day(12, 1), valid_to=day(12, 2))

    moments = [day(12, 1) - timedelta(seconds=1), day(12, 1), day(12, 2)]

    assert [cost(variant_id, at=at) for at in moments] == [
        euro("10.00"), euro("8.00"), euro("10.00"),
    ]  # fmt: skip


def test_of_two_standing_prices_the_one_that_began_last_counts() -> None:
    variant_id = new_id()
    price(variant_id, "10.00", at=NOW)
    price(variant_id, "12.00", at=NOW, valid_from=day(12, 1))

    assert cost(variant_id, at=day(12, 1)) == euro("12.00")


def test_the_list_of_the_greater_priority_counts_while_it_is_valid() -> None:
    variant_id = new_id()
    price_list("sale", priority=5, valid_from=day(12, 1), valid_to=day(12, 24))
    price(variant_id, "10.00", at=NOW)
    price(variant_id, "7.00", at=NOW, list_code="sale")

    moments = [NOW, day(12, 1), day(12, 24)]

    assert [cost(variant_id, at=at) for at in moments] == [
        euro("10.00"), euro("7.00"), euro("10.00"),
    ]  # fmt: skip


def test_businesses_have_their_own_list_and_else_everyones() -> None:
    shared, special = new_id(), new_id()
    price_list("trade", priority=3, audience=Audience.BUSINESS)
    for variant_id in (shared, special):
        price(variant_id, "10.00", at=NOW)
    price(special, "6.00", at=NOW, list_code="trade")

    wanted = [(shared, 1), (special, 1)]
    business = ask_prices(wanted, market="de", at=NOW, audience=Audience.BUSINESS).answer()

    assert [business[v].amount for v, _ in wanted] == [euro("10.00"), euro("6.00")]
    assert cost(special) == euro("10.00")


def test_another_market_has_other_prices() -> None:
    variant_id = new_id()
    market("ch", "CHF")
    price_list("swiss", currency="CHF", of="ch")
    price(variant_id, "10.00", at=NOW)
    row = NewPrice(variant_id=variant_id, amount=Money(1250, "CHF"))
    set_prices([row], list_code="swiss", now=NOW, actor=SYSTEM)

    assert cost(variant_id, of="ch") == Money(1250, "CHF")
    assert cost(variant_id, of="de") == euro("10.00")


def test_many_variants_are_priced_in_one_statement(django_assert_num_queries: Counter) -> None:
    variants = [new_id() for _ in range(200)]
    rows = [NewPrice(variant_id=v, amount=Money(100 + n, "EUR")) for n, v in enumerate(variants)]
    set_prices(rows, list_code="retail", now=NOW, actor=SYSTEM)

    with django_assert_num_queries(1):
        found = prices([(v, 1) for v in variants], market="de", at=NOW)

    assert [found[v].amount.minor for v in variants] == [100 + n for n in range(200)]


def test_two_thousand_rows_are_one_write(django_assert_num_queries: Counter) -> None:
    rows = [NewPrice(variant_id=new_id(), amount=euro("1.00")) for _ in range(2_000)]

    with django_assert_num_queries(5):
        changed = set_prices(rows, list_code="retail", now=NOW, actor=SYSTEM)

    assert changed == 2_000
    assert PriceChange.objects.count() == 2_000
    facts = Fact.objects.filter(kind="PricesChanged")
    assert [len(fact.body["variant_ids"]) for fact in facts] == [1_000, 1_000]


def test_the_same_price_again_writes_nothing() -> None:
    variant_id = new_id()
    price(variant_id, "10.00", at=NOW)
    facts = Fact.objects.count()

    changed = price(variant_id, "10.00", at=TOMORROW)

    assert changed == 0
    assert len(list_price_changes(variant_id)) == 1
    assert Fact.objects.count() == facts


def test_the_history_keeps_every_price_with_its_moment() -> None:
    variant_id = new_id()
    price(variant_id, "10.00", at=NOW)
    price(variant_id, "9.00", at=TOMORROW)
    key = PriceKey(variant_id=variant_id)
    withdraw_prices(keys=[key, key], list_code="retail", now=day(12, 1), actor=SYSTEM)

    story = [(each.amount, each.changed_at, each.actor) for each in list_price_changes(variant_id)]

    assert story == [
        (None, day(12, 1), "system"),
        (euro("9.00"), TOMORROW, "system"),
        (euro("10.00"), NOW, "system"),
    ]
    assert cost(variant_id, at=day(12, 2)) is None
    assert list_prices([variant_id]) == []


def test_the_history_cannot_be_rewritten() -> None:
    variant_id = new_id()
    price(variant_id, "10.00", at=NOW)
    story = PriceChange.objects.filter(variant_id=variant_id)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        story.update(amount_minor=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        story.delete()

    assert [each.amount for each in list_price_changes(variant_id)] == [euro("10.00")]


def test_wrong_rows_are_refused_by_name_and_nothing_is_written() -> None:
    fine = NewPrice(variant_id=new_id(), amount=euro("1.00"))
    wrong = {
        BadPrice: NewPrice(variant_id=new_id(), amount=Money(-1, "EUR")),
        WrongCurrency: NewPrice(variant_id=new_id(), amount=Money(1, "CHF")),
        DuplicatePrice: fine,
    }

    for refusal, row in wrong.items():
        with pytest.raises(refusal) as refused:
            set_prices([fine, row], list_code="retail", now=NOW, actor=SYSTEM)
        assert refused.value.field.startswith("rows[1]")

    with pytest.raises(NoSuchPriceList):
        set_prices([fine], list_code="nothing", now=NOW, actor=SYSTEM)
    assert not PriceChange.objects.exists()


def test_a_list_keeps_what_past_prices_were_read_from() -> None:
    price_list("sale", priority=5)

    with pytest.raises(ListIsFixed):
        price_list("sale", priority=6)
    with pytest.raises(PriorityTaken):
        price_list("other", priority=5)
    with pytest.raises(ListIsFixed):
        end_price_list(code="sale", at=NOW - timedelta(seconds=1), now=NOW)
    end_price_list(code="sale", at=TOMORROW, now=NOW)

    sale = next(each for each in list_price_lists(market="de") if each.code == "sale")
    assert (sale.priority, sale.valid_to) == (5, TOMORROW)


def test_a_market_has_one_currency_at_a_time() -> None:
    with pytest.raises(PriorityTaken):
        price_list("swiss", priority=7, currency="CHF")
