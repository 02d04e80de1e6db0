"""The clock of these tests stands still at NOON."""

from __future__ import annotations

import pytest

from tresen.entrypoints.api.store.tests.make import Desk, desk
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def open_desk(db: None, at_noon: None) -> Desk:
    return desk()
