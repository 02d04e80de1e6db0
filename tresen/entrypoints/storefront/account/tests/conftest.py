"""A small shop at NOON, and somebody who comes by."""

from __future__ import annotations

import pytest

from tresen.entrypoints.storefront.account.tests.make import Shopper, Time
from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import SmallShop, small_shop


@pytest.fixture
def shop(db: None) -> SmallShop:
    forget_shelves()
    return small_shop()


@pytest.fixture
def time(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> Time:
    clockwork = Time()
    monkeypatch.setattr(clock, "now", lambda: clockwork.now)
    return clockwork


@pytest.fixture
def erika(time: Time) -> Shopper:
    return Shopper(time)
