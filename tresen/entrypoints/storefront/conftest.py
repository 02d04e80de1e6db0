"""The clock of these tests stands still at NOON, in a small shop with its lists."""

from __future__ import annotations

import pytest

from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON, small_shop


@pytest.fixture
def guest(db: None, monkeypatch: pytest.MonkeyPatch) -> Guest:  # noqa: ARG001
    monkeypatch.setattr(clock, "now", lambda: NOON)
    forget_shelves()
    return Guest(small_shop())
