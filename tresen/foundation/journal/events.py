"""Announce a fact. It is kept if, and only if, the surrounding transaction is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from tresen.foundation import sql

BELL = "tresen_journal"
"""The NOTIFY channel that wakes the relay; it carries no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all facts: past tense, ids and plain values only, no personal data."""

    happened_at: datetime


def announce(event: Event) -> None:
    """Write the fact; one INSERT that also rings the bell at commit."""
    assert transaction.get_connection().in_atomic_block, "announce a fact inside its transaction"
    body = {
        field.name: getattr(event, field.name)
        for field in fields(event)
        if field.name != "happened_at"
    }
    sql.run(
        "WITH told AS (INSERT INTO journal_fact (kind, body, happened_at)"
        " VALUES (%s, %s::jsonb, %s) RETURNING id)"
        " SELECT pg_notify('tresen_journal', '') FROM told",
        (type(event).__name__, json.dumps(body), event.happened_at),
    )


def revive(kind: type[Event], *, body: Mapping[str, object], happened_at: datetime) -> Event:
    """The event as it was announced; a field added later takes its default."""
    known = {field.name for field in fields(kind)}
    told = {name: value for name, value in body.items() if name in known}
    return kind(happened_at=happened_at, **told)
