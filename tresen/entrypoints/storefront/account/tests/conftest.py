"""A small shop at NOON, and somebody who comes by."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tresen.entrypoints.storefront.account.tests.make import Shopper, Time
from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import SmallShop, small_shop


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm at a fraction of its cost: these tests sign in hundreds of times."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)


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
