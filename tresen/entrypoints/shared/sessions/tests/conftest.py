"""The pages that say whom they see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tresen.entrypoints.shared.sessions.tests.clock import Clock
from tresen.entrypoints.shared.sessions.tests.make import with_pages


@pytest.fixture
def pages(db: None) -> Iterator[None]:
    with with_pages():
        yield


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)
