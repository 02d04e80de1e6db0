"""Facts and listeners for tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tresen.foundation import sql
from tresen.foundation.journal.events import Event, announce
from tresen.workflows.reactions.manners import Listener
from tresen.workflows.reactions.table import LISTENERS

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    lamp: str
    watts: int = 5


def only(monkeypatch: pytest.MonkeyPatch, *listeners: Listener) -> None:
    """In this test only these listen, and only to LampLit."""
    for kind in list(LISTENERS):
        monkeypatch.delitem(LISTENERS, kind)
    monkeypatch.setitem(LISTENERS, LampLit, listeners)


def light(*lamps: str) -> None:
    with transaction.atomic():
        for lamp in lamps:
            announce(LampLit(happened_at=NOON, lamp=lamp))


def jobs() -> list[tuple[str, str, list[int], datetime | None]]:
    """Waiting jobs: lane, listener, deliveries, not before."""
    found = sql.rows(
        "SELECT queue_name, args::text, scheduled_at FROM procrastinate_jobs"
        " WHERE status = 'todo' AND task_name = 'hear' ORDER BY id"
    )
    return [
        (str(lane), *_arguments(str(arguments)), due)  # type: ignore[misc]
        for lane, arguments, due in found
    ]


def _arguments(text: str) -> tuple[str, list[int]]:
    body = json.loads(text)
    return body["listener"], body["deliveries"]
