"""Deeds of the back office open their own transaction: nothing is half done, nothing our fault."""

from __future__ import annotations

import pytest
from django.db import transaction

from tresen.domains.catalog.queries import find_variant_by_sku
from tresen.domains.inventory.queries import list_levels
from tresen.domains.pricing.queries import list_prices
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.foundation import clock
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON, small_shop


@pytest.fixture
def counter(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """As in the running shop: no transaction of the test's own stands around a request."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with transaction.atomic():
        return Counter(small_shop())


def test_stock_is_booked_in_and_counted(counter: Counter) -> None:
    path = f"/stock/{outer('var', counter.shop.tea)}/"
    came = counter.post(f"{path}receipt/", location="lager", quantity="5")
    there = [level.on_hand for level in list_levels([counter.shop.tea])]
    counted = counter.post(f"{path}count/", location="lager", quantity="7", reason_code="damage")

    assert (came.status_code, there, counted.status_code) == (302, [15], 302)
    assert [level.on_hand for level in list_levels([counter.shop.tea])] == [7]


def test_prices_are_changed(counter: Counter) -> None:
    variant = find_variant_by_sku("TEA")
    assert variant is not None

    answer = counter.post(f"/products/{outer('prod', variant.product_id)}/prices/", price_0="12,30")

    assert answer.status_code == 302
    assert [price.amount.minor for price in list_prices([variant.variant_id])] == [1230]
