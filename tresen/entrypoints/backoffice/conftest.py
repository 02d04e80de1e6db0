"""The clock of these tests stands still at NOON, in a small shop with a clerk."""

from __future__ import annotations

import pytest

from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON, small_shop


@pytest.fixture
def counter(db: None, monkeypatch: pytest.MonkeyPatch) -> Counter:  # noqa: ARG001
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return Counter(small_shop())
