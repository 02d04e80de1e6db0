"""A clock that stands still until somebody lets time pass."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tresen.foundation import clock


class Clock:
    """In place of the house's clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: datetime = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def pass_(self, span: timedelta) -> None:
        self.now += span
