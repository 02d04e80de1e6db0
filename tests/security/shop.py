"""A small shop with lists and a guest, for tests that walk through all of it."""

from __future__ import annotations

import pytest

from tresen.entrypoints.storefront.nav import forget_shelves
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.listing.rebuild import rebuild_missing


def open_shop(monkeypatch: pytest.MonkeyPatch) -> Guest:
    """The clock stands at NOON; tea and mug are listed."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    forget_shelves()
    guest = Guest(small_shop())
    rebuild_missing(clock=lambda: NOON)
    forget_shelves()
    return guest
